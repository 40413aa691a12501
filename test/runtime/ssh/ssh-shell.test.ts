import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {existsSync, writeFileSync} from 'node:fs';
import {describe, type TestContext, test} from 'node:test';
import type {Channel, Shell, Transport} from '../../../source/runtime/hosts/shell.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {sshShell} from '../../../source/runtime/ssh/ssh-shell.ts';
import {proxy} from '../../helpers/ssh/proxy.ts';
import {hasNoSshd, type SshServer, sshServer} from '../../helpers/ssh/ssh-server.ts';
import {nap, outputOf, spec, until} from '../../helpers/task-host.ts';

const never = new AbortController().signal;
const nothing = async function* (): AsyncGenerator<Uint8Array> {};
const sh = (script: string) => ['sh', '-c', script];

type Name = Transport['name'];

async function connected(context: TestContext, server: SshServer, transport: Name): Promise<Shell> {
	const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew: false, transport});
	context.after(() => shell.close());
	await shell.connect(never);
	return shell;
}

async function bytes(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** What a command printed and how it ended. */
async function finished(channel: Channel) {
	const [out, err] = await Promise.all([bytes(channel.stdout), bytes(channel.stderr)]);
	return {out: out.toString(), err: err.toString(), ended: await channel.ended};
}

const ends: [title: string, script: string, expected: object, ofOpenssh?: object][] = [
	[
		'prints on both streams and ends with its own status',
		'echo out; echo err >&2; exit 3',
		{out: 'out\n', err: 'err\n', ended: {exit: 3}},
	],
	['reads its input to the end', 'wc -c', {out: '5\n', err: '', ended: {exit: 0}}],
	['ends without having read its input', 'exit 0', {out: '', err: '', ended: {exit: 0}}],
	// ssh does not hand on which signal it was.
	['is killed by a signal', 'kill -KILL $$', {out: '', ended: {exit: 137}}, {out: '', ended: 'lost'}],
	['ends with the status that ssh has for its own failures', 'exit 255', {ended: {exit: 255}}],
];

const transports: Name[] = ['ssh2', 'openssh'];

// Together, since most of the time is waiting.
describe('Commands over SSH', {skip: hasNoSshd, concurrency: 8}, () => {
	for (const transport of transports) {
		test(`${transport}: a peer that falls silent is noticed, also by those who wait for a command to begin`, async context => {
			const server = await sshServer(context);
			const wire = await proxy(context, server.port);
			server.configure(['HostKeyAlias web'], wire.port);
			server.know([`web ${server.key()}`]);
			const shell = await connected(context, server, transport);
			let isUp = true;
			shell.onLink(up => {
				isUp = up;
			});
			const channel = await shell.open(sh('cat'), nothing());
			assert.deepEqual(await channel.ended, {exit: 0});
			wire.stop();
			const began = performance.now();
			await assert.rejects(shell.open(['true'], nothing()), {name: 'LinkLost'});
			assert.ok(performance.now() - began < 15_000);
			assert.equal(isUp, false);
			wire.go();
			await shell.connect(never);
			assert.equal(isUp, true);
		});

		test(`${transport}: a server that begins no command at all is given up`, {timeout: 60_000}, async context => {
			const shell = await connected(context, await sshServer(context, ['MaxSessions 0']), transport);
			await assert.rejects(shell.open(['true'], nothing()), {name: 'LinkLost', message: /^web1 begins no command: /});
		});
	}
	for (const transport of transports) {
		for (const [title, script, expected, ofOpenssh] of ends) {
			test(`${transport}: a command ${title}`, async context => {
				const shell = await connected(context, await sshServer(context), transport);
				const input = async function* () {
					yield Buffer.from('five!');
				};
				// A login shell may remark on a signal.
				const own = (transport === 'openssh' && ofOpenssh) || expected;
				assert.partialDeepStrictEqual(await finished(await shell.open(sh(script), input())), own);
			});
		}

		test(`${transport}: the exit status comes from the command, not from who still holds its streams`, async context => {
			const shell = await connected(context, await sshServer(context), transport);
			const began = performance.now();
			const channel = await shell.open(sh('sleep 20 & exit 3'), nothing());
			assert.deepEqual(await channel.ended, {exit: 3});
			assert.ok(performance.now() - began < 10_000);
			channel.kill();
			assert.deepEqual(await bytes(channel.stdout), Buffer.alloc(0), 'a killed channel ends its streams');
		});

		test(`${transport}: a connection that is cut is lost: no exit status, no success, and the next one works`, async context => {
			const server = await sshServer(context);
			const shell = await connected(context, server, transport);
			const seen: boolean[] = [];
			shell.onLink(isUp => seen.push(isUp));
			const channel = await shell.open(sh('echo begun; sleep 20'), nothing());
			const reader = channel.stdout[Symbol.asyncIterator]();
			assert.equal(Buffer.from((await reader.next()).value!).toString(), 'begun\n');
			server.cut();
			assert.equal(await channel.ended, 'lost');
			assert.equal((await reader.next()).done, true);
			await until(() => seen.length === 1);
			await assert.rejects(shell.open(['true'], nothing()), {name: 'LinkLost'});
			await shell.connect(never);
			assert.deepEqual(seen, [false, true]);
			assert.deepEqual(await (await shell.open(['true'], nothing())).ended, {exit: 0});
		});

		test(`${transport}: gauges that are watched give way to a command where the server has no more room`, async context => {
			const server = await sshServer(context, ['MaxSessions 2']);
			const host = shellHost('web1', await connected(context, server, transport));
			const load = async () => typeof (await host.sample())['load']?.value;
			assert.equal(await load(), 'number');
			const {sleep, processes} = nap();
			assert.equal(await host.start(spec('long', sleep), {}), 'started');
			const following = outputOf(host, 'long');
			assert.equal(await load(), 'number');
			await until(() => processes().length > 0);
			await host.cancel('long', 'TERM');
			await following;
			assert.equal(await load(), 'number');
			assert.partialDeepStrictEqual(await host.ask('long'), {is: 'ended', exit: 143});
			await host.reap('long');
		});

		test(`${transport}: more commands than the server allows at a time wait for each other`, async context => {
			for (const [allowed, commands] of [
				[2, 6],
				[10, 24],
			] as const) {
				const server = await sshServer(context, [`MaxSessions ${allowed}`]);
				const shell = await connected(context, server, transport);
				const results = await Promise.all(
					Array.from({length: commands}, async (_, at) => {
						const channel = await shell.open(sh(`sleep 0.2; exit ${at}`), nothing());
						return (await finished(channel)).ended;
					}),
				);
				assert.deepEqual(
					results,
					results.map((_, exit) => ({exit})),
				);
			}
		});

		test(`${transport}: a command that is left sees the end of its input, and ends`, async context => {
			const server = await sshServer(context);
			const shell = await connected(context, server, transport);
			const endless = async function* (): AsyncGenerator<Uint8Array> {
				yield Buffer.from('more\n');
				await new Promise(() => {});
			};
			const channel = await shell.open(sh(`read line; echo $line; cat; echo left > ${server.file('left')}`), endless());
			const reader = channel.stdout[Symbol.asyncIterator]();
			assert.equal(Buffer.from((await reader.next()).value!).toString(), 'more\n');
			channel.kill();
			await until(() => existsSync(server.file('left')));
			assert.equal((await reader.next()).done, true);
		});

		test(`${transport}: a flood of errors holds nothing up`, async context => {
			const server = await sshServer(context);
			const host = shellHost('web1', await connected(context, server, transport));
			const script = 'head -c 20000000 /dev/zero >&2; echo done';
			const read = await host.read({script, interpreter: ['sh'], values: {}, timeout: 60_000});
			assert.equal(read.exit, 0);
			assert.equal(Buffer.from(read.stdout).toString(), 'done\n');
		});

		test(`${transport}: twenty million bytes of a task arrive as they were, also over connections that are cut`, {
			timeout: 120_000,
		}, async context => {
			const server = await sshServer(context);
			const content = randomBytes(20_000_000);
			writeFileSync(server.file('content'), content);
			const shell = await connected(context, server, transport);
			const host = shellHost('web1', shell);
			const pieces = `i=0; while [ $i -lt 20 ]; do dd if='${server.file('content')}' bs=1000000 skip=$i count=1 2>/dev/null; i=$((i + 1)); sleep 0.1; done; exit 41`;
			assert.equal(await host.start(spec('cut', pieces), {}), 'started');
			const got: Uint8Array[] = [];
			let [size, cuts] = [0, 0];
			for (;;) {
				try {
					for await (const chunk of host.follow('cut', size, never)) {
						got.push(chunk);
						size += chunk.length;
						if (size > cuts * 4_000_000 && cuts < 4) {
							cuts++;
							server.cut();
						}
					}
					break;
				} catch (error) {
					assert.equal((error as Error).name, 'LinkLost');
					await until(() => shell.connect(never).catch(() => undefined));
				}
			}
			assert.ok(cuts >= 3, `${cuts} cuts`);
			assert.ok(Buffer.concat(got).equals(content));
			assert.deepEqual(await host.ask('cut'), {is: 'ended', exit: 41, bytes: content.length});
			assert.equal((await outputOf(host, 'cut', content.length - 7)).length, 7);
			await host.reap('cut');
		});

		test(`${transport}: closing twice, or what never stood, is no error`, async context => {
			const server = await sshServer(context);
			const shell = sshShell('web1', {host: 'web1'}, {env: server.env, acceptsNew: false, transport});
			await shell.close();
			await assert.rejects(shell.open(['true'], nothing()), {name: 'LinkLost'});
			await shell.connect(never);
			await shell.close();
			await shell.close();
			await until(() => server.sessions().length === 0);
		});
	}
});
