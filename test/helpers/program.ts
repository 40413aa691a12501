import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {Event} from '../../source/core/run/events.ts';
import type {RunSummary} from '../../source/core/run/run-summary.ts';

/** How a process ended, and all that it printed. */
export type Ended = {code: number | null; signal: NodeJS.Signals | null; out: string; err: string};

export const cli = fileURLToPath(new URL('../../source/cli.ts', import.meta.url));

/** The program as a user starts it, with a state folder, a lock and a place for tasks of its own. */
export class Program {
	readonly folder: string;
	readonly state: string;
	readonly env: NodeJS.ProcessEnv;
	readonly #started: Running[] = [];

	constructor(context: TestContext) {
		this.folder = mkdtempSync(join(tmpdir(), 'program-'));
		this.state = join(this.folder, 'state');
		const home = join(this.folder, 'home');
		mkdirSync(home, {mode: 0o700});
		const {SSH_CONNECTION, SUDO_USER, ...inherited} = process.env;
		this.env = {
			...inherited,
			HOME: home,
			XDG_STATE_HOME: join(home, 'state'),
			HANDRAIL_STATE_DIR: this.state,
			HANDRAIL_LOCK: join(this.folder, 'lock'),
		};
		context.after(() => {
			for (const {child} of this.#started) child.kill('SIGKILL');
			this.#endTasks();
			rmSync(this.folder, {recursive: true, force: true, maxRetries: 3});
		});
	}

	/** Writes a file into the program's working folder, and answers its path. */
	write(name: string, text: string): string {
		const path = join(this.folder, name);
		writeFileSync(path, text);
		return path;
	}

	/** Starts it; `secret` is what its file descriptor 3 gives. */
	start(words: string[], {env, secret}: {env?: NodeJS.ProcessEnv; secret?: string} = {}): Running {
		const child = spawn(process.execPath, [cli, ...words], {
			cwd: this.folder,
			env: {...this.env, ...env},
			stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
		});
		(child.stdio[3] as NodeJS.WritableStream).on('error', () => undefined).end(secret ?? '');
		const running = new Running(child);
		this.#started.push(running);
		return running;
	}

	async run(words: string[], options: {env?: NodeJS.ProcessEnv; secret?: string} = {}): Promise<Ended> {
		return await this.start(words, options).ended;
	}

	/** The runs as `handrail runs --json` lists them. */
	async runs(): Promise<RunSummary[]> {
		return JSON.parse((await this.run(['runs', '--json'])).out);
	}

	/** Commands outlive the program: those that a failed test has left are ended here. */
	#endTasks() {
		for (const file of globSync(join(this.env['XDG_STATE_HOME']!, 'handrail', 'tasks', '*', 'group'))) {
			try {
				process.kill(-Number(readFileSync(file, 'utf8').split(' ')[0]), 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
		}
	}

	/** A file in a run's folder. */
	file(run: string, ...path: string[]): string {
		return join(this.state, 'runs', run, ...path);
	}

	journal(run: string): Event[] {
		return readFileSync(this.file(run, 'journal.jsonl'), 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
	}

	/** The exact bytes that each task printed, by its block, attempt after attempt; nothing where it never began. */
	outputs(run: string): Record<string, string> {
		const outputs: Record<string, string> = {};
		for (const event of this.journal(run)) {
			if (event.type !== 'task.planned') continue;
			const file = this.file(run, 'tasks', event.task, 'output');
			const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
			outputs[event.block] = (outputs[event.block] ?? '') + text;
		}
		return outputs;
	}
}

/** A program that is running. */
export class Running {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	out = '';
	err = '';

	constructor(child: ChildProcess) {
		this.child = child;
		child.stdout!.setEncoding('utf8').on('data', text => {
			this.out += text;
		});
		child.stderr!.setEncoding('utf8').on('data', text => {
			this.err += text;
		});
		this.ended = once(child, 'close').then(([code, signal]) => ({code, signal, out: this.out, err: this.err}));
	}

	/** Resolves once its standard output is as asked for; false where it ended before. */
	async until(condition: (out: string) => boolean): Promise<boolean> {
		const ended = this.ended.then(() => true);
		while (!condition(this.out)) {
			const more = once(this.child.stdout!, 'data').then(() => false);
			if (await Promise.race([ended, more])) return condition(this.out);
		}
		return true;
	}
}
