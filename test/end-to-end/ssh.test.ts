import assert from 'node:assert/strict';
import {existsSync, globSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {type Ended, Program} from '../helpers/program.ts';
import {proxy} from '../helpers/ssh/proxy.ts';
import {hasNoSshd, type SshServer, sshServer} from '../helpers/ssh/ssh-server.ts';
import {until} from '../helpers/task-host.ts';

// A small change on a real sshd: three steps, a check, a command slow enough to be interrupted in its middle.
const runbook = (folder: string) => `---
handrail: 1
title: Three steps
---
# Three steps

## Look

\`\`\`sh { name=look risk=reads }
echo "on $(id -un)"
\`\`\`

## Change

\`\`\`sh { name=change durable }
echo change >> '${folder}/counter'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	echo "line $i"
	[ -e '${folder}/gate' ] || sleep 0.5
done
\`\`\`

\`\`\`sh { check }
test "$(wc -l < '${folder}/counter')" -eq 1 && echo "changed once"
\`\`\`

## Tell

\`\`\`sh { name=tell }
echo tell >> '${folder}/counter'
\`\`\`
`;
const lines = Array.from({length: 12}, (_, at) => `line ${at + 1}\n`).join('');
const unattended = ['--yes', '--trust', '--json'];

type Lab = {program: Program; server: SshServer; file: string; run: string[]};

async function lab(context: TestContext): Promise<Lab> {
	const server = await sshServer(context);
	const program = new Program(context);
	Object.assign(program.env, {HANDRAIL_SSH_CONFIG: server.file('config')});
	const file = program.write('three-steps.md', runbook(server.folder));
	return {program, server, file, run: ['run', file, '-H', 'web1', ...unattended]};
}

/** Resolves when the change is under way and has printed something that is recorded here. */
async function untilHalf({program}: Lab): Promise<string> {
	return await until(() => {
		const [run] = existsSync(`${program.state}/runs`) ? readdirSync(`${program.state}/runs`) : [];
		return run && globSync(program.file(run, 'tasks', '*', 'output')).some(isHalf) && run;
	}, 30_000);
}

const isHalf = (output: string): boolean => readFileSync(output, 'utf8').includes('line 3');

function assertDone({program, server}: Lab, ended: Ended, run: string): void {
	assert.equal(ended.code, 0, `${ended.out}${ended.err}${server.log}`);
	assert.equal(readFileSync(server.file('counter'), 'utf8'), 'change\ntell\n');
	const {'look/look': look, ...rest} = program.outputs(run);
	assert.match(look!, /^on \S+\n$/);
	assert.deepEqual(rest, {'change/change': lines, 'change/2': 'changed once\n', 'tell/tell': ''});
	assert.deepEqual(readdirSync(server.file('home/state/handrail/tasks')), [], 'no task is left on the host');
	assert.ok(!existsSync(server.file('lock')), 'the lock is given back');
}

test('Three steps with a check and a change run over SSH to their end', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	writeFileSync(it.server.file('gate'), '');
	const ended = await it.program.run(['run', it.file, '-H', 'web1', '--yes', '--trust', '--plain']);
	const [run] = await it.program.runs();
	assertDone(it, ended, run!.id);
	const met = it.program.journal(run!.id).find(event => event.type === 'host.met');
	assert.ok(met?.type === 'host.met' && met.identity.hostKey.startsWith('SHA256:'));
	assert.match(ended.out, /line 12/);
});

test('Killed in the middle and resumed, a run over SSH has every byte once', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const running = it.program.start(it.run);
	const run = await untilHalf(it);
	running.child.kill('SIGKILL');
	await running.ended;
	writeFileSync(it.server.file('gate'), '');
	assertDone(it, await it.program.run(['resume', ...unattended]), run);
});

test('A connection that is cut in the middle comes back, and the run goes on', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const running = it.program.start(it.run);
	const run = await untilHalf(it);
	it.server.cut();
	await running.until(out => out.includes('"link.lost"'));
	writeFileSync(it.server.file('gate'), '');
	assertDone(it, await running.ended, run);
});

test('A wire that falls silent is noticed, and the run goes on when it is back', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const wire = await proxy(context, it.server.port);
	it.server.configure(['ServerAliveInterval 1', 'ServerAliveCountMax 2', 'HostKeyAlias web'], wire.port);
	it.server.know([`web ${it.server.key()}`]);
	const running = it.program.start(it.run);
	const run = await untilHalf(it);
	wire.stop();
	assert.ok(await running.until(out => out.includes('"link.lost"')), running.err);
	wire.go();
	assertDone(it, await running.ended, run);
});

test('A host key that changes while the run is on ends the session at once, and nothing is lost', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const running = it.program.start(it.run);
	const run = await untilHalf(it);
	it.server.know([`[127.0.0.1]:${it.server.port} ${it.server.key('user')}`]);
	it.server.cut();
	const ended = await running.ended;
	assert.equal(ended.code, 4, ended.out + ended.err);
	assert.match(ended.err + ended.out, /its host key has changed: .*known_hosts:1/);
	it.server.know();
	writeFileSync(it.server.file('gate'), '');
	assertDone(it, await it.program.run(['resume', ...unattended]), run);
});

test('A host key that is not the one of the beginning is another machine', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const running = it.program.start(it.run);
	await untilHalf(it);
	running.child.kill('SIGKILL');
	await running.ended;
	it.server.know([`[127.0.0.1]:${it.server.port} ${it.server.key('host-rsa')}`]);
	const resumed = await it.program.run(['resume', ...unattended]);
	assert.equal(resumed.code, 5);
	assert.match(resumed.err, /another machine answers: its host key is SHA256:/);
	assert.equal(readFileSync(it.server.file('counter'), 'utf8'), 'change\n');
});

test('What cannot be reached is one line with its remedy, and the right exit code', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	const cases: [string[], number, RegExp, (() => void)?][] = [
		[['-H', '-oProxyCommand=x'], 2, /-oProxyCommand=x/],
		[['-H=-oProxyCommand=x'], 2, /-oProxyCommand=x" is not the name of a host/],
		[['-H', 'web$(id)'], 2, /is not the name of a host/],
		[['-H', 'no-such-host.invalid'], 4, /no-such-host\.invalid, port 22 has no address/],
		[['-H', '127.0.0.1:1'], 4, /port 1 refused the connection/],
		[['-H', 'web1'], 4, /its host key SHA256:\S+ \(ssh-ed25519\) is not known/, () => it.server.know([])],
		[
			['-H', 'web1'],
			2,
			/line 1: Bad configuration option: hots/,
			() => writeFileSync(it.server.file('config'), 'Hots web1\n'),
		],
	];
	for (const [words, code, expected, prepare] of cases) {
		prepare?.();
		const began = performance.now();
		const ended = await it.program.run(['run', it.file, ...words, '--yes', '--trust']);
		assert.ok(performance.now() - began < 15_000, `${words}`);
		assert.equal(ended.code, code, `${words}: ${ended.out}${ended.err}`);
		assert.match(ended.err + ended.out, expected);
		assert.doesNotMatch(ended.err, /^ +at /m);
	}
	assert.ok(!existsSync(it.server.file('counter')));
});

test('An unknown host key is accepted once with --accept-new, and known from then on', {
	skip: hasNoSshd,
	timeout: 120_000,
}, async context => {
	const it = await lab(context);
	it.server.know([]);
	writeFileSync(it.server.file('gate'), '');
	const ended = await it.program.run([...it.run, '--accept-new']);
	assert.equal(ended.code, 0, ended.out + ended.err);
	const probed = await it.program.run(['probe', 'web1', '--json']);
	assert.equal(probed.code, 0, probed.err);
	assert.equal(JSON.parse(probed.out).facts.key.value.slice(0, 7), 'SHA256:');
});
