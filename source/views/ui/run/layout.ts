import type {Size} from './model.ts';

/** What the panes would like to have, in lines. */
export type Wants = {banner: boolean; step: number; question: number; output: number; gauges: number; isBusy: boolean};

/** Cells and lines of each pane; 0 where it is not shown. */
export type Layout = {
	isTooSmall: boolean;
	/** One pane at a time, chosen by a key. */
	isSingle: boolean;
	banner: number;
	/** Lines between the header (with the banner) and the two last lines. */
	body: number;
	/** Cells of the sections, and of all that is beside them. */
	sections: number;
	main: number;
	step: number;
	question: number;
	/** Lines of the output without the rule above it. */
	output: number;
	/** Lines of the health; its cells where it stands beside the output, else it stands below. */
	health: number;
	healthWidth: number;
};

/**
 * Header, title, notice and footer take a line each. What is asked comes first, then what is to be done, then what
 * runs: the output has more room than the step while something runs or has failed.
 */
export function layoutOf(size: Size, wants: Wants): Layout {
	const {columns, rows} = size;
	const isTooSmall = columns < 40 || rows < 10;
	const isSingle = isSinglePane(size);
	const banner = wants.banner ? 1 : 0;
	const body = Math.max(0, rows - 3 - banner);
	const sections = isSingle ? 0 : Math.min(40, Math.max(24, Math.floor(columns * 0.28)));
	const main = isSingle ? columns : columns - sections - 1;
	const room = Math.max(0, body - 1);
	const question = Math.min(wants.question, Math.max(1, room - 2));
	const common = {isTooSmall, isSingle, banner, body, sections, main, question};
	if (isSingle) return {...common, step: room - question, output: 0, health: 0, healthWidth: 0};
	const isBeside = main >= 100 && wants.output > 0;
	const below = isBeside ? 0 : Math.min(wants.gauges + 1, Math.floor(body / 4), Math.max(0, room - question - 6));
	const left = room - question - below;
	const output = outputLines(wants, left, isBeside);
	return {
		...common,
		step: left - output - (output > 0 ? 1 : 0),
		output,
		health: isBeside ? Math.min(output, wants.gauges + 1) : below,
		healthWidth: isBeside ? healthColumns : main,
	};
}

/** The terminal of a task: all of the screen but a line above it and one below. */
export const terminalSize = ({columns, rows}: Size): Size => ({columns, rows: Math.max(1, rows - 2)});

/** Cells of the health beside the output. */
const healthColumns = 40;

function outputLines(wants: Wants, left: number, isBeside: boolean): number {
	const wanted = Math.max(wants.output, isBeside ? wants.gauges + 1 : 0);
	if (wanted === 0 || left < 4) return 0;
	const share = wants.isBusy ? Math.ceil(left * 0.65) : Math.ceil(left * 0.35);
	// What the step does not need, the output gets.
	const most = Math.max(share, left - 1 - wants.step);
	return Math.min(most, left - 3, Math.max(3, wanted));
}

export const isSinglePane = ({columns, rows}: Size): boolean => columns < 72 || rows < 20;
