import type {Writable} from 'node:stream';

/** Where lines for people go. `columns` and `rows` where it is a terminal: only then text is wrapped. */
export type Paper = {
	write(text: string): void;
	readonly columns: number | undefined;
	readonly rows: number | undefined;
};

/** Where nobody is asked anything: a pipe, a file, an unattended run. */
export const plainPaper = (stdout: Writable): Paper => ({
	write: text => void stdout.write(text),
	columns: undefined,
	rows: undefined,
});
