import {appendFileSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import type {SshServer} from '../../helpers/ssh/ssh-server.ts';
import {type Cost, costOf, interleaved} from '../measure.ts';
import {type Figure, milliseconds} from './figures.ts';
import {client, type Lab, never, runTrue, shellOn} from './lab.ts';
import {processTime} from './processes.ts';
import {timed} from './timed.ts';

/** From nothing to the end of `true`, against the system's client. */
export async function cold({first}: Lab): Promise<Figure[]> {
	const {ours, peer} = await interleaved(
		{
			ours: () => withPrograms(() => once(first, 'web1')),
			peer: () => costOf(['ssh', ...client(first), 'web1', 'true']),
		},
		9,
	);
	return [
		{
			what: '`true`, one cold host',
			ours: milliseconds(ours.wall),
			peer: `${milliseconds(peer.wall)} by ssh`,
			is: ours.wall / peer.wall,
			goal: 1,
			unit: 'times',
		},
	];
}

/** The same on many hosts at once, against parallel-ssh; all of them are one server under many names. */
export async function fleet({first}: Lab, hosts = 50): Promise<Figure[]> {
	const names = Array.from({length: hosts}, (_, at) => `host${at + 1}`);
	addAliases(first, names);
	const list = first.file('hosts');
	writeFileSync(list, names.map(name => `${name}\n`).join(''));
	const options = ['-h', list, '-p', String(hosts), '-x', client(first).join(' ')];
	const {ours, peer} = await interleaved(
		{
			ours: () => withPrograms(() => Promise.all(names.map(name => once(first, name)))),
			peer: () => costOf(['parallel-ssh', ...options, 'true']),
		},
		5,
	);
	const cpu = ours.cpu / hosts;
	return [
		{
			what: `\`true\`, ${hosts} cold hosts`,
			ours: milliseconds(ours.wall),
			peer: `${milliseconds(peer.wall)} by pssh -p${hosts}`,
			is: ours.wall / peer.wall,
			goal: 0.35,
			unit: 'times',
		},
		{
			what: 'the same, CPU of the client a host',
			ours: milliseconds(cpu),
			peer: milliseconds(peer.cpu / hosts),
			is: cpu,
			goal: 10,
			unit: 'ms',
		},
	];
}

async function once(server: SshServer, name: string): Promise<void> {
	const shell = shellOn(server, name);
	await shell.connect(never);
	await runTrue(shell);
	await shell.close();
}

function addAliases(server: SshServer, names: string[]): void {
	const lines = [
		`Host ${names.join(' ')}`,
		'HostName 127.0.0.1',
		`Port ${server.port}`,
		`User ${userInfo().username}`,
		`IdentityFile ${server.file('user')}`,
		'IdentityAgent none',
		`UserKnownHostsFile ${server.file('known_hosts')}`,
		'GlobalKnownHostsFile none',
	];
	appendFileSync(server.file('config'), `${lines.join('\n')}\n`);
}

/** With the time of programs that were started meanwhile, as `ssh -G`. */
async function withPrograms(work: () => Promise<unknown>): Promise<Cost> {
	const before = processTime('self');
	const {wall} = await timed(work);
	return {wall, cpu: processTime('self') - before};
}
