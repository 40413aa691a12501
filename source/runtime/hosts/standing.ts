import {randomBytes} from 'node:crypto';
import {PassThrough} from 'node:stream';
import {LinkLost} from './host.ts';
import {type Answer, drain, request} from './request.ts';
import type {Shell} from './shell.ts';

/** Milliseconds without a question after which the program is let go: it holds a place on the connection. */
const idle = 10_000;
/** Characters of an answer. */
const most = 2 << 20;

type Begun = {answer: Answer; questions: PassThrough};

/**
 * A program that stays on a host and answers one question after another, without a process and a channel for each. It reads
 * lines `MARKER WORD` and ends each answer with a line `MARKER end`; the marker is a new one each time, so that nothing on
 * the host can know it before. Begun when something is asked, and again where it was lost; it ends with its channel.
 */
export class Standing {
	readonly #shell: Shell;
	readonly #program: string;
	#begun: Begun | undefined;
	#letGo: NodeJS.Timeout | undefined;
	#queue: Promise<unknown> = Promise.resolve();

	/** `program` only reads: a question whose answer was lost is put once more. */
	constructor(shell: Shell, program: string) {
		this.#shell = shell;
		this.#program = program;
	}

	/** The answer, and its marker. Throws `LinkLost` where none comes within `patience` milliseconds. */
	ask(word: string, patience: number): Promise<{text: string; marker: string}> {
		const result = this.#queue.then(() => this.#ask(word, patience));
		this.#queue = result.catch(() => undefined);
		return result;
	}

	async #ask(word: string, patience: number): Promise<{text: string; marker: string}> {
		clearTimeout(this.#letGo);
		const stood = this.#begun;
		const marker = randomBytes(8).toString('hex');
		// Its place may have been wanted by others since, or meanwhile.
		const text =
			(stood && (await answerOf(stood, marker, word, patience))) ?? (await this.#askAnew(marker, word, patience));
		if (text === undefined) throw new LinkLost('The host did not answer');
		this.#letGo = setTimeout(() => this.#begun?.questions.end(), idle).unref();
		return {text, marker};
	}

	async #askAnew(marker: string, word: string, patience: number): Promise<string | undefined> {
		const questions = new PassThrough();
		const answer = await request(this.#shell, {program: this.#program, words: [], more: questions, yields: true});
		const begun = {answer, questions};
		this.#begun = begun;
		drain(answer.stderr);
		answer.ended.then(() => {
			questions.end();
			drain(answer.stdout);
			if (this.#begun === begun) this.#begun = undefined;
		});
		return await answerOf(begun, marker, word, patience);
	}
}

/** Undefined where the program ended before its answer did, or was ended because it took too long. */
async function answerOf(
	{answer, questions}: Begun,
	marker: string,
	word: string,
	patience: number,
): Promise<string | undefined> {
	const timer = setTimeout(answer.kill, patience);
	try {
		questions.write(`${marker} ${word}\n`);
		return await answer.stdout.upTo(`${marker} end`, most);
	} finally {
		clearTimeout(timer);
	}
}
