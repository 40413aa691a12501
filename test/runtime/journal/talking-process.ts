import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

/** A real process of this Node that prints lines and takes lines. */
export class TalkingProcess {
	readonly child: ChildProcess;
	readonly lines: AsyncIterator<string>;

	constructor(script: string, words: string[]) {
		const path = fileURLToPath(new URL(script, import.meta.url));
		this.child = spawn(process.execPath, [path, ...words], {stdio: ['pipe', 'pipe', 'inherit']});
		this.lines = createInterface({input: this.child.stdout!})[Symbol.asyncIterator]();
	}

	say(line: string) {
		this.child.stdin!.write(`${line}\n`);
	}

	/** The next line that it prints; undefined once it has ended. */
	async heard(): Promise<string | undefined> {
		const {value, done} = await this.lines.next();
		return done ? undefined : value;
	}

	/** kill -9, and waits until it is gone. */
	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const gone = once(this.child, 'exit');
		this.child.kill('SIGKILL');
		await gone;
	}
}
