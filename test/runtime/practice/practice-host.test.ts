import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {LinkLost} from '../../../source/runtime/hosts/host.ts';
import {never, onPractice} from './on-practice.ts';

const claim = (run: string) => ({owner: 'a@b', run, since: '2026-01-01T00:00:00Z'});

test('a task is started once, asked after, followed from any offset, and reaped', async () => {
	const {host, specOf, follow} = await onPractice();
	const spec = specOf('echo one; echo two; exit 3');
	assert.deepEqual(await host.ask(spec.task), {is: 'none'});
	assert.equal(await host.start(spec, {}), 'started');
	assert.equal(await host.start(spec, {}), 'exists');
	assert.equal(await follow(spec.task), 'one\ntwo\n');
	assert.equal(await follow(spec.task, 4), 'two\n');
	assert.deepEqual(await host.ask(spec.task), {is: 'ended', exit: 3, bytes: 8});
	assert.deepEqual(await host.tasks(), [spec.task]);
	await host.reap(spec.task);
	assert.deepEqual(await host.tasks(), []);
	await assert.rejects(host.start({...spec, task: '../x'}, {}), RangeError);
	await host.close();
});

test('one task runs at a time', async () => {
	const {host, specOf} = await onPractice({speed: 1});
	const first = specOf('sleep 30');
	await host.start(first, {});
	await assert.rejects(host.start(specOf('echo'), {}), /another task runs/);
	await assert.rejects(host.reap(first.task), /still runs/);
	await host.cancel(first.task, 'TERM');
	for await (const _ of host.follow(first.task, 0, never));
	assert.deepEqual(await host.ask(first.task), {is: 'ended', exit: 143, bytes: 0});
	await host.close();
});

test('a script reads lines that are typed, with a prompt and a time-out', async () => {
	const {host, specOf, follow} = await onPractice({speed: 100});
	const spec = specOf('read -r -p "name? " x; echo "<$x>"; read -t 5 y || echo rc=$?');
	await host.start(spec, {});
	await host.write(spec.task, Buffer.from('grü'));
	await host.write(spec.task, Buffer.from('n\n'));
	assert.equal(await follow(spec.task), 'name? <grün>\nrc=142\n');
	await assert.rejects(host.write(spec.task, Buffer.from('late\n')), /took no input/);
	await host.close();
});

test('what a probe changes is gone with it, and it is stopped in time', async () => {
	const {host, run} = await onPractice();
	const read = (script: string, sudo = false) =>
		host.read({script, sudo, interpreter: ['sh', '-e'], values: {A: 'b'}, timeout: 10_000});
	const probed = await read('echo $A > /tmp/x; cat /tmp/x; echo err >&2', true);
	assert.deepEqual([probed.exit, String(probed.stdout), String(probed.output)], [0, 'b\n', 'b\nerr\n']);
	assert.equal((await run('cat /tmp/x')).exit, 1);
	assert.equal((await read('sleep 11')).exit, 124);
	assert.equal((await read('sleep 9')).exit, 0);
	assert.equal((await read('read x')).exit, 124);
	const aborted = await host.read({
		script: 'sleep 5',
		interpreter: ['sh'],
		values: {},
		timeout: 10_000,
		signal: AbortSignal.abort(),
	});
	assert.equal(aborted.exit, 124);
	await host.close();
});

test('the lock belongs to one run until it is given back or broken', async () => {
	const {host} = await onPractice();
	assert.deepEqual(await host.lock(claim('one'), false), {taken: true});
	assert.deepEqual(await host.lock(claim('one'), false), {taken: true});
	assert.deepEqual(await host.lock(claim('two'), false), {taken: false, owner: claim('one')});
	await host.unlock('two');
	assert.deepEqual(await host.lock(claim('two'), true), {taken: true});
	await host.unlock('two');
	assert.deepEqual(await host.lock(claim('one'), false), {taken: true});
	await host.close();
});

test('secrets reach the script and nothing on the disk, and its state is private', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const {host, specOf, follow} = await onPractice({folder});
	const spec = specOf(`echo "$\{#PASSWORD}"; env | grep -c PASSWORD || true`, {secrets: ['PASSWORD']});
	await host.start(spec, {PASSWORD: Buffer.from('tell nobody')});
	assert.equal(await follow(spec.task), '11\n0\n');
	await host.close();
	const file = join(folder, 'world.json');
	assert.ok(!(await readFile(file, 'utf8')).includes('tell nobody'));
	assert.equal((await stat(file)).mode & 0o777, 0o600);
	await rm(folder, {recursive: true});
});

test('a restart breaks the connection, brings the new kernel, and is told by the boot id', async () => {
	const practice = await onPractice();
	const {host, run, specOf} = practice;
	await run('sudo apt-get -y -qq upgrade --with-new-pkgs; echo kept | sudo tee /var/note /tmp/gone > /dev/null');
	const before = practice.boot();
	const spec = specOf('sudo systemctl reboot; echo soon; sleep 60; echo never');
	await host.start(spec, {});
	await assert.rejects(async () => {
		for await (const _ of host.follow(spec.task, 0, never));
	}, LinkLost);
	await practice.reconnect();
	assert.notEqual(practice.boot(), before);
	assert.deepEqual(await host.ask(spec.task), {is: 'lost', rebooted: true, alive: false});
	await host.reap(spec.task);
	assert.equal(
		(await run('uname -r; cat /var/note; ls /tmp; test ! -e /run/reboot-required; systemctl is-active nginx')).output,
		'6.1.0-31-amd64\nkept\nactive\n',
	);
	assert.equal((await run('cat /proc/sys/kernel/random/boot_id')).output.trim(), practice.boot());
	await host.close();
});

test('a server that is going down does not answer until it is up again', async () => {
	const practice = await onPractice({speed: 20});
	const {host, run} = practice;
	const links: boolean[] = [];
	host.onLink(up => links.push(up));
	await run('sudo reboot');
	const limit = Date.now() + 5000;
	const met = async () => host.connect(never).catch(() => undefined);
	let meeting = await met();
	while ((!meeting || meeting.bootId === practice.boot()) && Date.now() < limit) {
		await new Promise(resolve => setTimeout(resolve, 10));
		meeting = await met();
	}
	assert.notEqual(meeting?.bootId, practice.boot());
	await host.close();
});

test('one that is switched off stays off', async () => {
	const {host, run} = await onPractice();
	await run('sudo poweroff').catch(() => undefined);
	await assert.rejects(host.connect(never), /switched off/);
	await host.close();
});
