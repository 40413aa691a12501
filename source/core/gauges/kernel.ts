import {linesOf, numberIn, type Sample} from './sample.ts';

/** Figures of /proc: the first line of a file that begins so, cut at blanks. */
export type Kernel = {
	/** Numbers that follow `MemTotal:` in `meminfo`, say; undefined where the kernel has no such line, or no numbers in it. */
	numbers(file: string, begin: string): number[] | undefined;
	/** The same as one number. */
	number(file: string, begin: string): number | undefined;
	/** All lines of a file. */
	lines(file: string): string[];
};

/** Reads the section `kernel`: lines of files in /proc, each after `/proc/FILE:`. */
export function kernelOf(sample: Sample | undefined): Kernel {
	const files = new Map<string, string[]>();
	for (const line of linesOf(sample, 'kernel') ?? []) {
		const [, file, text] = /^\/proc\/([\w/]+):(.*)$/.exec(line) ?? [];
		if (file === undefined) continue;
		const lines = files.get(file) ?? [];
		files.set(file, lines);
		lines.push(text!);
	}
	const lines = (file: string) => files.get(file) ?? [];
	const numbers = (file: string, begin: string) => {
		const line = lines(file).find(
			each => begin === '' || each.startsWith(`${begin} `) || each.startsWith(`${begin}\t`),
		);
		return line === undefined ? undefined : numbersIn(line.slice(begin.length));
	};
	return {lines, numbers, number: (file, begin) => numbers(file, begin)?.[0]};
}

/** The figures up to the first word that is none; `avg60=1.5` counts as 1.5. */
function numbersIn(text: string): number[] | undefined {
	const numbers: number[] = [];
	for (const word of text.trim().split(/\s+/)) {
		const number = numberIn(word.replace(/^\w+=/, ''));
		if (number === undefined) break;
		numbers.push(number);
	}
	return numbers.length > 0 ? numbers : undefined;
}
