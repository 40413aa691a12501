import type {Span} from '../../../core/text/row.ts';

export type InkLook = {color?: string; bold?: boolean; inverse?: boolean};

/** How spans look on a terminal: without colours where NO_COLOR asks for it; bold and inverse stay. */
export const looksOf =
	(isPlain: boolean) =>
	({colour, bold, inverse}: Span): InkLook => ({
		...(colour && colour !== 'none' && !isPlain && {color: colour}),
		...(bold && {bold}),
		...(inverse && {inverse}),
	});
