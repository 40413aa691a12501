import {execFileSync, spawnSync} from 'node:child_process';
import type {TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';

/** The reason to skip, by name, or false. */
export const isMissing = (): string | false => spawnSync('tmux', ['-V']).status !== 0 && 'tmux is not installed';

let count = 0;

/** A real terminal of 80x24 with a shell in it, inside a tmux of its own. */
export class Tmux {
	readonly #socket = `handrail-test-${process.pid}-${++count}`;

	constructor(context: TestContext, cwd: string, env: NodeJS.ProcessEnv) {
		const {TMUX, ...rest} = env;
		const options = {env: {...rest, TERM: 'xterm', LC_ALL: 'C.UTF-8'}, cwd};
		const words = [
			'-L',
			this.#socket,
			'-f',
			'/dev/null',
			'set-option',
			'-g',
			'history-limit',
			'9999',
			';',
			'new-session',
			'-d',
			'-x',
			'80',
			'-y',
			'24',
			'sh',
		];
		execFileSync('tmux', words, options);
		this.type("PS1='shell> '; clear");
		context.after(() => this.close());
	}

	/** Types text and ends it with Enter. */
	type(text: string): void {
		this.#tmux('send-keys', '-l', text);
		this.keys('Enter');
	}

	/** Presses keys by tmux's names: `Enter`, `C-c`. */
	keys(...names: string[]): void {
		this.#tmux('send-keys', ...names);
	}

	/** As from a clipboard; marked as such where the program asked for it. */
	paste(text: string): void {
		this.#tmux('set-buffer', text);
		this.#tmux('paste-buffer', '-p');
	}

	resize(columns: number, rows: number): void {
		this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
	}

	/** As if its window was closed. */
	close(): void {
		spawnSync('tmux', ['-L', this.#socket, 'kill-server']);
	}

	/** What stands on the screen, without empty lines at its end. */
	screen(): string {
		return this.#tmux('capture-pane', '-p').trimEnd();
	}

	/** The same with everything that has scrolled out of it, long lines unbroken. */
	all(): string {
		return this.#tmux('capture-pane', '-p', '-J', '-S', '-').trimEnd();
	}

	/** Resolves to the screen once it is as asked for; rejects after 20 s, with what stood there. */
	async until(pattern: RegExp): Promise<string> {
		for (const end = Date.now() + 20_000; Date.now() < end; await wait(50)) {
			const screen = this.screen();
			if (pattern.test(screen)) return screen;
		}
		throw new Error(`Nothing matches ${pattern} on the screen:\n${this.all()}`);
	}

	#tmux(...words: string[]): string {
		return execFileSync('tmux', ['-L', this.#socket, ...words], {encoding: 'utf8'});
	}
}
