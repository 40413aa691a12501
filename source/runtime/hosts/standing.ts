import {randomBytes} from 'node:crypto';
import {PassThrough} from 'node:stream';
import {LinkLost} from './host.ts';
import {type Answer, drain, plain, request} from './request.ts';
import type {Shell} from './shell.ts';

/** Milliseconds without a question after which the program is let go: it holds a place on the connection. */
const idle = 10_000;
/** Characters of an answer. */
const most = 2 << 20;

type Begun = {answer: Answer; questions: PassThrough};
type Question = {
	words: (string | number)[];
	/** Milliseconds that the answer may take. */
	patience: number;
	/** Whether it does no harm to put it again where the answer was lost. */
	isRepeatable: boolean;
};

/**
 * A program that stays on a host and answers one question after another, without a process and a channel for each. It reads
 * lines `MARKER WORDS` and ends each answer with a line `MARKER end`; the marker is a new one each time, so that nothing on
 * the host can know it before. Begun when something is asked, and again where it was lost; it ends with its channel.
 */
export class Standing {
	readonly #shell: Shell;
	readonly #program: string;
	readonly #words: string[];
	#begun: Begun | undefined;
	#letGo: NodeJS.Timeout | undefined;
	#queue: Promise<unknown> = Promise.resolve();

	constructor(shell: Shell, program: string, words: string[] = []) {
		this.#shell = shell;
		this.#program = program;
		this.#words = words;
	}

	/** The answer, and its marker. Throws `LinkLost` where none comes. */
	ask(question: Question): Promise<{text: string; marker: string}> {
		const result = this.#queue.then(() => this.#ask(question));
		this.#queue = result.catch(() => undefined);
		return result;
	}

	async #ask(question: Question): Promise<{text: string; marker: string}> {
		clearTimeout(this.#letGo);
		const marker = randomBytes(8).toString('hex');
		const stood = this.#begun;
		let text = stood && (await answerOf(stood, marker, question));
		if (!stood || (text === undefined && question.isRepeatable)) {
			text = await answerOf(await this.#begin(), marker, question);
		}
		if (text === undefined) throw new LinkLost('The host did not answer');
		this.#letGo = setTimeout(() => this.#end(), idle).unref();
		return {text, marker};
	}

	async #begin(): Promise<Begun> {
		const questions = new PassThrough();
		const answer = await request(this.#shell, {
			program: this.#program,
			words: this.#words,
			more: questions,
			yields: () => this.#end(),
		});
		const begun = {answer, questions};
		this.#begun = begun;
		drain(answer.stderr);
		answer.ended.then(() => {
			questions.end();
			if (this.#begun === begun) this.#begun = undefined;
			// Unread, its end would never be seen.
			this.#queue.then(() => drain(answer.stdout));
		});
		return begun;
	}

	/** What is being answered is answered to its end. */
	#end(): void {
		this.#begun?.questions.end();
		this.#begun = undefined;
	}
}

/** Undefined where the program ended before its answer did, or was ended because it took too long. */
async function answerOf(
	{answer, questions}: Begun,
	marker: string,
	{words, patience}: Question,
): Promise<string | undefined> {
	const timer = setTimeout(answer.kill, patience);
	try {
		questions.write(`${[marker, ...words.map(plain)].join(' ')}\n`);
		return await answer.stdout.upTo(`${marker} end`, most);
	} finally {
		clearTimeout(timer);
	}
}
