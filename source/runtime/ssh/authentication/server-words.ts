import {visible} from '../../../core/text/filter.ts';

/** What a server says at a login, as a few lines that are fit to be shown: it may be as long and as hostile as it likes. */
export function serverWords(texts: string[]): string[] {
	const all = texts.flatMap(text => visible(text.slice(0, 10_000)).split('\n'));
	const lines = all.map(line => cut(line.replaceAll('\t', ' ').trim())).filter(Boolean);
	return lines.length > most ? [...lines.slice(0, most - 1), `... ${lines.length - most + 1} lines more`] : lines;
}

const most = 20;
const cut = (line: string): string => (line.length > 200 ? `${line.slice(0, 200)} ...` : line);
