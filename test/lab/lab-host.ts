import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {makeKey} from '../helpers/ssh/ssh-server.ts';
import {until} from '../helpers/task-host.ts';
import {type Holder, takeHolder} from './holder.ts';
import {hostFiles} from './host-files.ts';
import {type Family, labBase, storageBase} from './lab-base.ts';
import type {LabOptions} from './lab-options.ts';
import {letIn, publicKey} from './let-in.ts';
import {type Link, makeLink} from './link.ts';
import {Machine} from './machine.ts';

export const operatorPassword = 'correct horse battery';

/** A host with systemd, sshd, sudo and a package manager of its own, up and reachable; gone with the test. */
export async function labHost(context: Cleaning, options: LabOptions = {}): Promise<LabHost> {
	const {family = 'debian', disk = 256, disks = []} = options;
	const holder = await takeHolder(await (disks.length > 0 ? storageBase() : labBase(family)), disk, disks);
	const folder = mkdtempSync(join(tmpdir(), 'lab-'));
	let host: LabHost | undefined;
	context.after(async () => {
		await (host?.close() ?? holder.release());
		rmSync(folder, {recursive: true, force: true});
	});
	host = new LabHost(holder, await makeLink(holder), folder, options);
	await host.boot();
	return host;
}

export type Cleaning = {after(clean: () => Promise<void>): void};

export class LabHost {
	readonly name: string;
	readonly user: string;
	readonly family: Family;
	readonly link: Link;
	/** Keys and what the console printed. */
	readonly folder: string;
	/** The boot ids that it has had, the present one last. */
	readonly boots: string[] = [];
	rebootAfter: number | 'never';
	readonly #holder: Holder;
	readonly #machine: Machine;
	readonly #closing = new AbortController();
	#life: Promise<void> = Promise.resolve();
	/** Why it did not come back from a reboot. */
	#failure: unknown;

	constructor(holder: Holder, link: Link, folder: string, options: LabOptions) {
		const {name = 'web1', user = 'root', family = 'debian', rebootAfter = 1000} = options;
		this.name = name;
		this.user = user;
		this.family = family;
		this.rebootAfter = rebootAfter;
		this.link = link;
		this.folder = folder;
		this.#holder = holder;
		this.#machine = new Machine(holder, name, this.file('console'));
		for (const key of ['host', 'user']) makeKey(this.file(key));
		letIn(holder.root, this.file('host'), this.file('user'));
		for (const [path, text] of Object.entries(hostFiles(options))) this.write(path, text);
	}

	get address(): string {
		return this.link.address;
	}

	/** The address of this machine, as the host sees it. */
	get near(): string {
		return this.link.near;
	}

	get port(): number {
		return 22;
	}

	/** The private key by which it knows each of its users. */
	get key(): string {
		return this.file('user');
	}

	/** Its line of known_hosts. */
	get knownHost(): string {
		return `${this.address} ${publicKey(this.file('host'))}`;
	}

	/** What the console printed, of all boots. */
	get console(): string {
		return readFileSync(this.file('console'), 'utf8');
	}

	file(name: string): string {
		return join(this.folder, name);
	}

	/** Reads a file of the host, on or off; not what it keeps in memory (/run, /tmp). */
	read(path: string): string {
		return readFileSync(this.#holder.root + path, 'utf8');
	}

	write(path: string, text: string | Uint8Array): void {
		const place = this.#holder.root + path;
		const usual = process.umask(0o022);
		mkdirSync(dirname(place), {recursive: true});
		writeFileSync(place, text);
		process.umask(usual);
	}

	/** Runs a script of sh on the host, past its network; answers what it printed, throws where it fails. */
	async exec(script: string, user = 'root'): Promise<string> {
		return await this.#machine.exec(script, user);
	}

	/** Switches it on; resolves once it is up. */
	async boot(): Promise<void> {
		await this.link.up();
		const ended = this.#machine.boot();
		this.#life = ended.then(exit => this.#wentDown(exit));
		await until(() => this.#machine.isUp(), 60_000).catch(error => {
			throw new Error(`${this.name} did not come up:\n${this.console}`, {cause: error});
		});
		this.boots.push((await this.exec('cat /proc/sys/kernel/random/boot_id')).trim());
	}

	/** Resolves with the boot id once it was up for so many times. */
	async booted(times: number, limit = 60_000): Promise<string> {
		return await until(() => {
			if (this.#failure) throw this.#failure;
			return this.boots[times - 1] ?? false;
		}, limit);
	}

	/** Ends all that runs there at once. Resolves once it is off, or up again where it `boots`. */
	async powerCut({boots = true} = {}): Promise<void> {
		this.#machine.kill();
		await this.#life;
		if (boots) await this.boot();
	}

	/** Every packet vanishes, both ways, in silence. */
	async cutNetwork(): Promise<void> {
		await this.link.cut();
	}

	async joinNetwork(): Promise<void> {
		await this.link.join();
	}

	/** Leaves no byte free on its disk. */
	async fillDisk(): Promise<void> {
		await this.exec(
			'dd if=/dev/zero of=/var/fill bs=64k 2> /dev/null || dd if=/dev/zero bs=1k 2> /dev/null >> /var/fill || :',
		);
	}

	async emptyDisk(): Promise<void> {
		await this.exec('rm /var/fill');
	}

	/** Ids of all processes that belong to it, the first of which holds its place. */
	processes(): number[] {
		return [this.#holder.pid, ...this.#machine.processes()];
	}

	async close(): Promise<void> {
		this.#closing.abort();
		await this.#holder.release();
		await this.#life;
	}

	async #wentDown(exit: number | null): Promise<void> {
		const {signal} = this.#closing;
		if (signal.aborted) return;
		await this.link.down();
		if (exit !== rebooted || this.rebootAfter === 'never') return;
		const isDue = await wait(this.rebootAfter, true, {signal}).catch(() => false);
		if (!isDue) return;
		// Not waited for: this life has ended, and the next one takes its place.
		this.boot().catch(error => {
			this.#failure = error;
		});
	}
}

/** systemd-nspawn(1), EXIT STATUS. */
const rebooted = 133;
