import {readdirSync, readFileSync} from 'node:fs';

const folder = new URL('../fixtures/', import.meta.url);

/** One output that somebody retyped: what it is of, and its text. */
export type Transcript = {title: string; text: string};

/** The files of a folder of transcripts, by their names without `.txt`. */
export function transcriptsIn(name: string): [file: string, transcripts: Transcript[]][] {
	const files = readdirSync(new URL(name, folder)).sort();
	return files.map(file => [
		file.replace('.txt', ''),
		transcriptsOf(readFileSync(new URL(`${name}/${file}`, folder), 'utf8')),
	]);
}

/** Each begins with a line `=== title`. */
const transcriptsOf = (text: string): Transcript[] =>
	text
		.split(/^=== /m)
		.slice(1)
		.map(part => {
			const end = part.indexOf('\n');
			return {title: part.slice(0, end), text: part.slice(end + 1)};
		});
