import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, globSync, openSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {type Holder, rootInside} from './holder.ts';

/** The running system of a host. */
export class Machine {
	readonly #holder: Holder;
	readonly #name: string;
	readonly #console: string;
	#boots = 0;

	/** `console` is the file that what it prints is added to. */
	constructor(holder: Holder, name: string, console: string) {
		this.#holder = holder;
		this.#name = name;
		this.#console = console;
	}

	/** Resolves with the exit status of systemd-nspawn when it is off again; null where it was killed. */
	async boot(): Promise<number | null> {
		const {pid, group} = this.#holder;
		const words = ['--target', String(pid), '--mount', '--net', 'sh', script];
		const console = openSync(this.#console, 'a');
		const child = spawn('nsenter', [...words, rootInside, `${group}/${++this.#boots}`, this.#name], {
			env,
			stdio: ['ignore', console, console],
		});
		closeSync(console);
		const [exit] = await once(child, 'exit');
		return exit;
	}

	async isUp(): Promise<boolean> {
		return /^(running|degraded)$/.test((await this.exec('systemctl is-system-running || :').catch(() => '')).trim());
	}

	/** Runs a script as nobody there would: beside all sessions, past the network. */
	async exec(script: string, user = 'root'): Promise<string> {
		const shell = ['sh', '-ec', `umask 022\n${script}`];
		const words = user === 'root' ? shell : ['runuser', '-u', user, '--', ...shell];
		const {stdout} = await promisify(execFile)('nsenter', ['--all', '--target', this.#init(), '--', ...words], {
			env,
			maxBuffer: 64 << 20,
		});
		return stdout;
	}

	/** As this machine counts them. */
	processes(): number[] {
		return globSync(`${this.#holder.groupFolder}/**/cgroup.procs`).flatMap(file =>
			readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map(Number),
		);
	}

	kill(): void {
		writeFileSync(`${this.#holder.groupFolder}/cgroup.kill`, '1');
	}

	/** The id of its first process. Throws where there is none. */
	#init(): string {
		const processes = `${this.#holder.groupFolder}/${this.#boots}/payload/init.scope/cgroup.procs`;
		const [first] = readFileSync(processes, 'utf8').split('\n', 1);
		if (!first) throw new Error(`${this.#name} is off`);
		return first;
	}
}

const script = fileURLToPath(new URL('boot.sh', import.meta.url));
const env = {PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8'};
