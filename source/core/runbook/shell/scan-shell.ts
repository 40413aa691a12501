import {hereDocumentAt} from './shell-lines.ts';

/** What a script does, as far as a reader sees it without running it. */
export type ShellScan = {
	/** Simple commands in order, as words without quotes; redirections and assignments left out. */
	commands: string[][];
	/** Variables that it sets. */
	sets: Set<string>;
	/** Variables that it expands: where first, and whether every expansion does without a value (`${X:-y}`). */
	uses: Map<string, {isOptional: boolean; at: number}>;
};

type Frame = {words: string[]; word: string | undefined; isQuoted: boolean; closes: string; isTarget: boolean};

const reserved = new Set([
	'if',
	'then',
	'else',
	'elif',
	'fi',
	'do',
	'done',
	'while',
	'until',
	'esac',
	'!',
	'{',
	'}',
	'time',
]);
const expansion = /\$(?:\{[#!]?([A-Za-z_]\w*)(:?[-=+?])?|([A-Za-z_]\w*))/y;
const assignment = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/;
const setters: Record<string, (words: string[]) => string[]> = {
	export: assigned,
	readonly: assigned,
	local: assigned,
	declare: assigned,
	typeset: assigned,
	read: words => words.filter(word => /^[A-Za-z_]\w*$/.test(word)),
	mapfile: words => words.slice(-1),
	readarray: words => words.slice(-1),
	getopts: words => words.slice(1, 2),
	printf: words => (words[0] === '-v' ? words.slice(1, 2) : []),
	for: words => words.slice(0, 1),
	select: words => words.slice(0, 1),
};

/** Reads a shell script once, from front to end, in linear time: a heuristic for warnings, not a parser. */
export function scanShell(script: string): ShellScan {
	return new Scanner(script).scan();
}

class Scanner {
	readonly #script: string;
	readonly #result: ShellScan = {commands: [], sets: new Set(), uses: new Map()};
	readonly #frames: Frame[] = [];
	#frame: Frame = newFrame('');
	#documents: {delimiter: string; isIndented: boolean; isQuoted: boolean}[] = [];
	#at = 0;

	constructor(script: string) {
		this.#script = script;
	}

	scan(): ShellScan {
		while (this.#at < this.#script.length) this.#step(this.#script[this.#at]!);
		while (this.#frames.length > 0) this.#leave();
		this.#endCommand();
		return this.#result;
	}

	#step(character: string) {
		const next = this.#script[this.#at + 1];
		if (character === '\\') {
			if (next !== '\n') this.#append(next ?? '');
			this.#at += 2;
		} else if (character === '$') this.#expand(next);
		else if (character === '`') {
			if (this.#frame.closes === '`') this.#leave();
			else this.#enter('`', false);
			this.#at++;
		} else if (this.#frame.isQuoted) {
			if (character === '"') this.#leave();
			else this.#append(character);
			this.#at++;
		} else this.#stepPlain(character, next);
	}

	#stepPlain(character: string, next: string | undefined) {
		const script = this.#script;
		if (character === "'") {
			const close = script.indexOf("'", this.#at + 1);
			const end = close < 0 ? script.length : close;
			this.#append(script.slice(this.#at + 1, end));
			this.#at = end + 1;
			return;
		}
		this.#at++;
		if (character === '"') this.#enter('"', true);
		else if (character === '#' && this.#frame.word === undefined) this.#at = endOfLine(script, this.#at);
		else if (character === '\n') {
			this.#endCommand();
			for (const document of this.#documents.splice(0)) this.#skipDocument(document);
		} else if (/\s/.test(character)) this.#endWord();
		else if (character === '<' || character === '>') this.#redirect(character, next);
		else if (character === '(') {
			this.#endCommand();
			this.#enter(')', false);
		} else if (character === ')') {
			this.#endCommand();
			if (this.#frame.closes === ')') this.#leave();
		} else if (character === ';' || character === '&' || character === '|') this.#endCommand();
		else this.#append(character);
	}

	#expand(next: string | undefined) {
		if (next === '(') {
			this.#append('$()');
			this.#enter(')', false);
			this.#at += 2;
			return;
		}
		expansion.lastIndex = this.#at;
		const match = expansion.exec(this.#script);
		this.#append(match?.[0] ?? '$');
		this.#at += match?.[0].length ?? 1;
		if (match) this.#use(match[1] ?? match[3]!, match[2], match.index);
	}

	#use(name: string, operator: string | undefined, at: number) {
		const isOptional = operator !== undefined && !operator.endsWith('?');
		if (operator?.endsWith('=')) this.#result.sets.add(name);
		const known = this.#result.uses.get(name);
		this.#result.uses.set(name, {isOptional: isOptional && (known?.isOptional ?? true), at: known?.at ?? at});
	}

	#redirect(character: string, next: string | undefined) {
		if (/^\d*$/.test(this.#frame.word ?? 'x')) this.#frame.word = undefined;
		this.#endWord();
		const document = character === '<' ? hereDocumentAt(this.#script, this.#at - 1) : undefined;
		if (this.#script.startsWith('<<<', this.#at - 1)) this.#at += 2;
		else if (document) {
			this.#documents.push(document);
			this.#at = document.end + 1;
			return;
		}
		if (next === '(') return;
		while (this.#at < this.#script.length && /[<>&|]/.test(this.#script[this.#at]!)) this.#at++;
		this.#frame.isTarget = true;
	}

	#skipDocument({delimiter, isIndented, isQuoted}: {delimiter: string; isIndented: boolean; isQuoted: boolean}) {
		while (this.#at < this.#script.length) {
			const end = endOfLine(this.#script, this.#at);
			const begin = this.#at;
			const line = this.#script.slice(begin, end);
			this.#at = end + 1;
			if ((isIndented ? line.replace(/^\t+/, '') : line) === delimiter) return;
			if (isQuoted) continue;
			for (const match of line.matchAll(/(?<!\\)\$(?:\{([A-Za-z_]\w*)(:?[-=+?])?|([A-Za-z_]\w*))/g)) {
				this.#use(match[1] ?? match[3]!, match[2], begin + match.index);
			}
		}
	}

	#append(text: string) {
		this.#frame.word = (this.#frame.word ?? '') + text;
	}

	#enter(closes: string, isQuoted: boolean) {
		this.#frames.push(this.#frame);
		this.#frame = newFrame(closes, isQuoted);
		if (isQuoted) this.#frame.word = '';
	}

	#leave() {
		const {isQuoted, word} = this.#frame;
		if (!isQuoted) this.#endCommand();
		this.#frame = this.#frames.pop()!;
		if (isQuoted) this.#append(word ?? '');
	}

	#endWord() {
		const {word, words, isTarget} = this.#frame;
		this.#frame.word = undefined;
		if (word === undefined) return;
		this.#frame.isTarget = false;
		const match = words.length === 0 ? assignment.exec(word) : null;
		if (match) this.#result.sets.add(match[1]!);
		else if (!isTarget && !(words.length === 0 && reserved.has(word))) words.push(word);
	}

	#endCommand() {
		this.#endWord();
		const {words} = this.#frame;
		if (words.length === 0) return;
		this.#result.commands.push(words);
		const setter = Object.hasOwn(setters, words[0]!) ? setters[words[0]!] : undefined;
		for (const name of setter?.(words.slice(1)) ?? []) this.#result.sets.add(name);
		this.#frame.words = [];
		this.#frame.isTarget = false;
	}
}

const newFrame = (closes: string, isQuoted = false): Frame => ({
	words: [],
	word: undefined,
	isQuoted,
	closes,
	isTarget: false,
});

function assigned(words: string[]): string[] {
	return words.filter(word => !word.startsWith('-')).map(word => word.split('=')[0]!);
}

function endOfLine(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return end < 0 ? text.length : end;
}
