import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {costOf} from '../measure.ts';
import {type Figure, milliseconds} from './figures.ts';
import {controlled, type Lab, never, shellOn} from './lab.ts';
import {serverTime} from './processes.ts';
import {timed} from './timed.ts';

const samples = 200;

/** What a sample of the gauges costs both sides, against a single `cat` of the system's client. */
export async function gauges({first}: Lab): Promise<Figure[]> {
	const shell = shellOn(first);
	await shell.connect(never);
	const host = shellHost('web1', shell);
	// Until the code is compiled.
	for (let sample = 0; sample < samples; sample++) await host.sample();
	const before = serverTime(first);
	const {cpu} = await timed(async () => {
		for (let sample = 0; sample < samples; sample++) await host.sample();
	});
	// What it started is counted as long as it is there.
	const between = serverTime(first);
	await shell.close();
	const closed = serverTime(first);
	const words = ['ssh', ...controlled(first), 'web1', 'cat /proc/stat /proc/meminfo /proc/loadavg'].join(' ');
	const peer = costOf(['bash', '-c', `for i in $(seq ${samples}); do ${words}; done`]);
	const peerServer = serverTime(first) - closed;
	const each = (value: number) => milliseconds(value / samples);
	return [
		{
			what: 'a sample of all gauges, CPU of the client',
			ours: each(cpu),
			peer: `${each(peer.cpu)} for one cat`,
			is: cpu / samples,
			goal: 0.1,
			unit: 'ms',
		},
		{
			what: 'the same, CPU of the server',
			ours: each(between - before),
			peer: each(peerServer),
			is: (between - before) / samples,
			goal: 2,
			unit: 'ms',
		},
	];
}
