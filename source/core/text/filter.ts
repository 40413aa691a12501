/**
 * Makes text from documents, hosts and errors harmless to print: what a terminal would obey or what the eye cannot see
 * is shown as U+FFFD. Tabs and line feeds are kept, CRLF becomes LF, a lone carriage return is shown.
 */
export function visible(text: string): string {
	if (!hidden.test(text)) return text;
	return text.replaceAll('\r\n', '\n').replaceAll(everyHidden, replacement);
}

/** The same on a single line (titles, names, errors in a table): each tab and line break becomes a blank. */
export function visibleLine(text: string): string {
	return visible(text.replaceAll(/\r\n|[\t\n\r\u2028\u2029]/g, ' '));
}

/**
 * C0 without tab and LF, DEL, C1; then what Unicode draws as nothing or uses to reorder: soft hyphen, marks, zero width,
 * line separators, bidi (CVE-2021-42574), interlinear annotations, tags; lone surrogates.
 */
const classes =
	'\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\ud800-\\udfff';
const hidden = new RegExp(`[${classes}]`, 'u');
const everyHidden = new RegExp(`[${classes}]`, 'gu');
const replacement = '\ufffd';
