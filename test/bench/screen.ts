import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median} from './measure.ts';

/** The built screen in a real terminal of 80x24: starting, standing still, a flood, a document of 10,000 sections. */
export async function screen(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	try {
		const lines = ['Screen at 80x24 (npm run build first)', ...(await starting(folder))];
		lines.push(...(await standing(folder)), ...(await flooded(folder)), ...(await large(folder)));
		return `${lines.join('\n')}\n`;
	} finally {
		rmSync(folder, {recursive: true, force: true, maxRetries: 3});
	}
}

async function starting(folder: string): Promise<string[]> {
	const nodes: number[] = [];
	const homes: number[] = [];
	for (let round = 0; round <= 10; round++) {
		const node = performance.now();
		await inTerminal(['-e', '0']);
		const home = performance.now();
		const terminal = new Pty(folder, []);
		await terminal.shows('Handrail');
		if (round > 0) {
			nodes.push(home - node);
			homes.push(performance.now() - home);
		}
		await terminal.end();
	}
	const ratio = (median(homes) / median(nodes)).toFixed(2);
	return [`first frame of the home screen      ${median(homes).toFixed(0)} ms, ${ratio} times node -e 0 (goal 4)`];
}

async function standing(folder: string): Promise<string[]> {
	const terminal = await opened(folder, 'idle.md', '# Idle\n## Wait\n- [ ] Nothing happens\n');
	await terminal.shows('y when it is done');
	await pause(5000);
	const [bytes, cpu] = await terminal.during(15_000);
	await terminal.end();
	return [
		`standing still for 15 s             ${bytes} bytes, ${Math.round(bytes / 5)} a sample (goal 300), ${cpu.toFixed(1)} % CPU (goal 1)`,
	];
}

async function flooded(folder: string): Promise<string[]> {
	// It ends by itself: what runs on a host outlives the program.
	const script =
		'i=0; while [ $i -lt 2000000 ]; do seq -f "%099.0f" $i $((i + 1000)); i=$((i + 1000)); sleep 0.01; done';
	const terminal = await opened(
		folder,
		'flood.md',
		`# Flood\n## Print\n\`\`\`sh {risk=reads}\n${script}\n\`\`\`\n## Then\n- [ ] Done\n`,
	);
	await terminal.shows('Enter runs it');
	terminal.type('\r');
	await terminal.shows('running');
	await pause(2000);
	const [bytes, cpu] = await terminal.during(5000);
	const delays: number[] = [];
	for (let round = 0; round < 20; round++) {
		delays.push(await terminal.delayOf(round % 2 === 0 ? '\x1b[B' : '\x1b[A'));
		await pause(137);
	}
	const size = terminal.outputSize();
	terminal.type('x');
	await terminal.end();
	return [
		`flood (${(size / 1e6).toFixed(0)} MB recorded)               ${(bytes / 5000).toFixed(1)} kB/s sent (goal 10), ${cpu.toFixed(1)} % CPU of the whole program (goal 15)`,
		`a key meanwhile                     median ${median(delays).toFixed(1)} ms, longest ${Math.max(...delays).toFixed(1)} ms (goal 30)`,
	];
}

async function large(folder: string): Promise<string[]> {
	const sections = Array.from(
		{length: 10_000},
		(_, at) => `## Section ${at}\n\nText.\n\n\`\`\`sh {risk=reads}\ntrue\n\`\`\`\n`,
	);
	const began = performance.now();
	const terminal = await opened(folder, 'large.md', `# Large\n${sections.join('')}`);
	await terminal.shows('Enter runs it');
	const first = performance.now() - began;
	await pause(3000);
	const delays: number[] = [];
	for (let round = 0; round < 20; round++) {
		delays.push(await terminal.delayOf('\x1b[B'));
		await pause(50);
	}
	await terminal.end();
	return [
		`10,000 sections                     first screen ${first.toFixed(0)} ms; a key: median ${median(delays).toFixed(1)} ms, longest ${Math.max(...delays).toFixed(1)} ms (goal 50)`,
	];
}

async function opened(folder: string, name: string, text: string): Promise<Pty> {
	const file = join(folder, name);
	writeFileSync(file, text);
	return new Pty(folder, ['run', file, '-H', 'local', '--trust']);
}

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Node in the same terminal, to its end: the peer. */
const inTerminal = (words: string[]): Promise<unknown> =>
	new Promise(resolve =>
		spawn('script', ['-qfc', commandOf(words), '/dev/null'], {stdio: 'ignore'}).on('close', resolve),
	);

const commandOf = (words: string[]): string =>
	`stty rows 24 cols 80; echo PID $$; exec ${[process.execPath, ...words].map(word => `'${word}'`).join(' ')}`;

/** The program in a terminal that `script` (util-linux) gives it. */
class Pty {
	readonly #child: ChildProcess;
	readonly #state: string;
	readonly #pid: Promise<number>;
	#seen = '';
	#bytes = 0;
	#heard: () => void = () => undefined;

	constructor(folder: string, words: string[]) {
		this.#state = mkdtempSync(join(folder, 'state-'));
		const command = commandOf(['dist/cli.js', ...words]);
		const env = {
			...process.env,
			HANDRAIL_STATE_DIR: join(this.#state, 's'),
			HANDRAIL_LOCK: join(this.#state, 'lock'),
			TERM: 'xterm',
			LANG: 'C.UTF-8',
		};
		this.#child = spawn('script', ['-qfc', command, '/dev/null'], {env, stdio: ['pipe', 'pipe', 'inherit']});
		this.#child.stdout!.on('data', (chunk: Buffer) => {
			this.#bytes += chunk.length;
			this.#seen = (this.#seen + chunk.toString()).slice(-200_000);
			this.#heard();
		});
		this.#pid = this.shows('PID ').then(() => Number(/PID (\d+)/.exec(this.#seen)![1]));
	}

	type(keys: string): void {
		this.#child.stdin!.write(keys);
	}

	async shows(text: string): Promise<void> {
		const limit = performance.now() + 30_000;
		while (!this.#seen.includes(text)) {
			if (performance.now() > limit)
				throw new Error(`The screen never showed ${text}: ${JSON.stringify(this.#seen.slice(-500))}`);
			await new Promise<void>(resolve => {
				const timer = setTimeout(resolve, 100);
				this.#heard = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	}

	/** Bytes sent and share of a CPU in use, over so many milliseconds. */
	async during(milliseconds: number): Promise<[bytes: number, cpu: number]> {
		const [bytes, ticks] = [this.#bytes, await this.#ticks()];
		await pause(milliseconds);
		return [this.#bytes - bytes, (((await this.#ticks()) - ticks) * 10 * 100) / milliseconds];
	}

	/** Milliseconds until something is sent after a key. */
	async delayOf(key: string): Promise<number> {
		const began = performance.now();
		const heard = new Promise<void>(resolve => {
			this.#heard = resolve;
		});
		this.type(key);
		await heard;
		return performance.now() - began;
	}

	/** Bytes of output that the record has. */
	outputSize(): number {
		return sizeUnder(join(this.#state, 's'));
	}

	async end(): Promise<void> {
		const closed = new Promise(resolve => this.#child.on('close', resolve));
		process.kill(await this.#pid, 'SIGTERM');
		await closed;
	}

	/** Hundredths of a second that the program has computed; node counts no others. */
	async #ticks(): Promise<number> {
		const fields = readFileSync(`/proc/${await this.#pid}/stat`, 'utf8')
			.split(') ')[1]!
			.split(' ');
		return Number(fields[11]) + Number(fields[12]);
	}
}

function sizeUnder(folder: string): number {
	const files = readdirSync(folder, {recursive: true, withFileTypes: true});
	return files
		.filter(file => file.isFile() && file.name === 'output')
		.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}
