import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import type {Holder} from './holder.ts';

/** The wire between this machine and a host. */
export type Link = {
	/** Addresses of this machine and of the host, a network of their own within 198.18.0.0/15 (RFC 2544). */
	near: string;
	address: string;
	/** Packets vanish both ways, in silence. */
	cut(): Promise<void>;
	join(): Promise<void>;
	/** The host's end, as when the host is without power. */
	down(): Promise<void>;
	up(): Promise<void>;
};

export async function makeLink({number, pid}: Holder): Promise<Link> {
	const name = `hrlab${number}`;
	const near = `198.18.${number}.1`;
	const address = `198.18.${number}.2`;
	const [nearMac, mac] = [macOf(number, 1), macOf(number, 2)];
	const inside = ['nsenter', '--target', String(pid), '--net'];
	const peer = ['peer', 'name', 'host0', 'address', mac, 'netns', String(pid)];
	// Neither end asks for the other's: where packets vanish that would fail, and be told to programs.
	const neighbor = ['nud', 'permanent', 'lladdr'];
	// One that was left by a killed run goes a moment after its namespace.
	await run('ip', 'link', 'delete', name).catch(() => undefined);
	await run('ip', 'link', 'add', name, 'address', nearMac, 'type', 'veth', ...peer);
	await run('ip', 'address', 'add', `${near}/30`, 'dev', name);
	await run('ip', 'link', 'set', name, 'up');
	await run('ip', 'neighbor', 'replace', address, ...neighbor, mac, 'dev', name);
	await run(...inside, 'ip', 'address', 'add', `${address}/30`, 'dev', 'host0');
	const ends: [string[], string][] = [
		[[], name],
		[inside, 'host0'],
	];
	return {
		near,
		address,
		async cut() {
			for (const [where, device] of ends)
				await run(...where, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'blackhole');
		},
		async join() {
			for (const [where, device] of ends) await run(...where, 'tc', 'qdisc', 'delete', 'dev', device, 'root');
		},
		async down() {
			await run(...inside, 'ip', 'link', 'set', 'host0', 'down');
		},
		async up() {
			await run(...inside, 'ip', 'link', 'set', 'host0', 'up');
			await run(...inside, 'ip', 'neighbor', 'replace', near, ...neighbor, nearMac, 'dev', 'host0');
		},
	};
}

/** A locally administered one. */
function macOf(number: number, end: number): string {
	return `02:00:c6:12:${number.toString(16).padStart(2, '0')}:0${end}`;
}

async function run(...[program, ...words]: string[]): Promise<void> {
	await promisify(execFile)(program!, words);
}
