import {read} from '../../../source/runtime/hosts/read.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';
import {costOf, interleaved} from '../measure.ts';
import {type Figure, milliseconds} from './figures.ts';
import {controlled, type Lab, never, runTrue, shellOn} from './lab.ts';
import {timed} from './timed.ts';

/** Commands a host. */
const times = 10;

/** `true` on hosts that are connected already, against the system's client and its control master. */
export async function warm(lab: Lab): Promise<Figure[]> {
	const shells = lab.servers.map(server => shellOn(server));
	await Promise.all(shells.map(shell => shell.connect(never)));
	const [first] = shells;
	const {ours, reads, peer, oursOnAll, peerOnAll} = await interleaved(
		{
			ours: () => timed(() => repeated(() => runTrue(first!))),
			reads: () => timed(() => repeated(() => reading(first!))),
			peer: () => costOf(byMaster(lab.servers.slice(0, 1))),
			oursOnAll: () => timed(() => Promise.all(shells.map(shell => repeated(() => runTrue(shell))))),
			peerOnAll: () => costOf(byMaster(lab.servers)),
		},
		9,
	);
	await Promise.all(shells.map(shell => shell.close()));
	const each = (wall: number, hosts = 1) => milliseconds(wall / times / hosts);
	const hosts = lab.servers.length;
	return [
		{
			what: '`true`, one warm host',
			ours: each(ours.wall),
			peer: `${each(peer.wall)} by a master`,
			is: ours.wall / peer.wall,
			goal: 0.3,
			unit: 'times',
		},
		{
			what: `\`true\`, ${hosts} warm hosts at once`,
			ours: each(oursOnAll.wall, hosts),
			peer: `${each(peerOnAll.wall, hosts)} by masters`,
			is: oursOnAll.wall / peerOnAll.wall,
			goal: 0.3,
			unit: 'times',
		},
		{
			what: 'the same, CPU of the client',
			ours: each(oursOnAll.cpu, hosts),
			peer: each(peerOnAll.cpu, hosts),
			is: oursOnAll.cpu / peerOnAll.cpu,
			unit: 'times',
		},
		{
			what: 'a check (`true`, attached), one warm host',
			ours: each(reads.wall),
			peer: each(peer.wall),
			is: reads.wall / peer.wall,
			unit: 'times',
		},
	];
}

async function repeated(work: () => Promise<unknown>): Promise<void> {
	for (let time = 0; time < times; time++) await work();
}

const reading = (shell: Shell) => read(shell, {script: 'true', interpreter: ['sh'], values: {}, timeout: 10_000});

/** On all hosts at once, one command after another on each. */
function byMaster(servers: Lab['servers']): string[] {
	const loops = servers.map(server => {
		const words = ['ssh', ...controlled(server), 'web1', 'true'].join(' ');
		return `for i in ${Array.from({length: times}, (_, at) => at).join(' ')}; do ${words}; done &`;
	});
	return ['bash', '-c', `${loops.join('\n')}\nwait`];
}
