import type {Machine} from '../machine.ts';

export type Script = {
	text: string;
	/** Options of the shell: `-e`, `-o pipefail`, `-x`. */
	options: string[];
	values: Record<string, string>;
	/** Not exported. */
	secrets?: Record<string, string>;
	cwd: string;
	/** stdout is kept apart. */
	captures?: boolean;
	arguments?: string[];
};

/** What `sh -c TEXT` or `sh FILE` would run; undefined where it is neither. */
export async function shellScript(
	machine: Machine,
	words: string[],
): Promise<Omit<Script, 'values' | 'cwd'> | undefined> {
	const options: string[] = [];
	let index = 0;
	for (; /^[-+][a-z]+$/.test(words[index] ?? '') && !words[index]!.includes('c'); index++) {
		options.push(words[index]!);
		if (words[index] === '-o') options.push(words[++index] ?? '');
	}
	const word = words[index];
	if (word === undefined) return undefined;
	if (/^-[a-z]*c$/.test(word)) {
		if (word.length > 2) options.push(word.replace('c', ''));
		return {text: words[index + 1] ?? '', options, arguments: words.slice(index + 3)};
	}
	const isFile = await machine.files.exists(word);
	return isFile ? {text: await machine.files.readFile(word), options, arguments: words.slice(index + 1)} : undefined;
}

export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
