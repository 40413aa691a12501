import type {Span} from '../../../core/text/row.ts';

export type InkLook = {color?: string; backgroundColor?: string; bold?: boolean; inverse?: boolean};

/** How spans look on a terminal: without colours where NO_COLOR asks for it; bold and inverse stay. */
export const looksOf =
	(isPlain: boolean) =>
	({colour, background, bold, inverse}: Span): InkLook => ({
		...(colour && colour !== 'none' && !isPlain && {color: colour}),
		...(background && !isPlain && {backgroundColor: background}),
		...(bold && {bold}),
		...(inverse && {inverse}),
	});
