import {plainText} from '../markdown/inline-text.ts';

/** A heading that reads back as the title, whatever marks the title holds. */
export function headingText(title: string, level: number): string {
	const text = inlineOf(title, plainText).replace(/#+$/, closing =>
		title === closing || /\s#+$/.test(title) ? `\\${closing}` : closing,
	);
	return `${'#'.repeat(level)} ${text}`.trimEnd();
}

/** A link that reads back as this text. */
export const linkText = (text: string, anchor: string): string =>
	`[${inlineOf(text, source => plainText(`[${source}](#${anchor})`))}](#${anchor})`;

/** Inline Markdown for a text: itself where it is plain, else with its marks escaped. */
function inlineOf(text: string, read: (source: string) => string): string {
	return read(text) === text && !text.includes('](') ? text : text.replaceAll(/[\\`*_[\](<>&~]/g, '\\$&');
}
