import type {Size} from './model.ts';

/** Cells and lines of each pane; what does not fit is not shown. */
export type Layout = {
	isTooSmall: boolean;
	/** 0 where one pane is shown at a time. */
	sections: number;
	main: number;
	body: number;
	step: number;
	output: number;
	health: number;
};

/** Header, banner and footer take a line each; below 80x24 the sections give way, then the health. */
export function layoutOf({columns, rows}: Size, questionLines: number, gauges: number): Layout {
	const body = Math.max(0, rows - 3);
	const sections = columns >= 72 ? Math.min(30, Math.max(20, Math.floor(columns * 0.3))) : 0;
	const main = columns - (sections > 0 ? sections + 1 : 0);
	const health = rows >= 20 ? Math.min(gauges + 1, Math.floor(body / 4)) : 0;
	const output = Math.max(3, Math.floor((body - health - questionLines) / 3));
	const step = Math.max(1, body - health - output - 2 - questionLines);
	return {isTooSmall: columns < 40 || rows < 10, sections, main, body, step, output, health};
}
