import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {openSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {copyScripts, options} from '../../../build.ts';
import type {SshServer} from '../../helpers/ssh/ssh-server.ts';
import {median} from '../measure.ts';
import {type Figure, milliseconds} from './figures.ts';
import {client, type Lab} from './lab.ts';
import {peakOf} from './processes.ts';

const size = 100_000_000;
const rounds = 5;

type Run = {wall: number; peak: number};

/** Lines of text from a host to the disk, against the system's client with its fastest cipher. */
export async function record({first}: Lab): Promise<Figure[]> {
	const content = first.file('content');
	await finished(spawn('sh', ['-c', `base64 /dev/urandom | head -c ${size} >'${content}'`]));
	const recorder = await bundled('recorder');
	const ours: Run[] = [];
	const peers: Run[] = [];
	for (let round = 0; round <= rounds; round++) {
		const each = [await recorded(first, recorder, content), await copied(first, content)] as const;
		if (round === 0) continue;
		ours.push(each[0]);
		peers.push(each[1]);
	}
	const wall = (runs: Run[]) => median(runs.map(run => run.wall));
	const peak = (runs: Run[]) => Math.max(...runs.map(run => run.peak));
	const mebibytes = (value: number) => `${value.toFixed(0)} MiB`;
	return [
		{
			what: '100 MB of output, recorded on the disk',
			ours: milliseconds(wall(ours)),
			peer: `${milliseconds(wall(peers))} by ssh > file`,
			is: wall(ours) / wall(peers),
			goal: 1.3,
			unit: 'times',
		},
		{
			what: 'the same, peak memory',
			ours: mebibytes(peak(ours)),
			peer: mebibytes(peak(peers)),
			is: peak(ours),
			goal: 200,
			unit: 'MiB',
		},
	];
}

/** As it is shipped: what reads TypeScript would cost 50 MiB and a part of the time. ssh2 is found from there. */
async function bundled(name: string): Promise<string> {
	const outdir = 'node_modules/.cache/handrail-bench';
	await build({...options, outdir, entryPoints: [`test/bench/ssh/${name}.ts`]});
	await copyScripts(outdir);
	return join(outdir, `${name}.js`);
}

/** A process of its own connects, runs a task and says how long that took. */
async function recorded(server: SshServer, recorder: string, content: string): Promise<Run> {
	const child = spawn(process.execPath, [recorder, server.folder, content], {
		env: server.env,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let said = '';
	child.stdout!.on('data', text => {
		said += text;
	});
	await finished(child);
	return JSON.parse(said);
}

async function copied(server: SshServer, content: string): Promise<Run> {
	const began = performance.now();
	const words = [...client(server), '-c', 'aes128-gcm@openssh.com', 'web1', `cat ${content}`];
	const child = spawn('ssh', words, {stdio: ['ignore', openSync(server.file('copy'), 'w'), 'inherit']});
	let peak = 0;
	const timer = setInterval(() => {
		peak = Math.max(peak, peakOf(child.pid!));
	}, 20);
	await finished(child);
	clearInterval(timer);
	return {wall: performance.now() - began, peak};
}

async function finished(child: ReturnType<typeof spawn>): Promise<void> {
	const [status] = await once(child, 'close');
	if (status !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${status}`);
}
