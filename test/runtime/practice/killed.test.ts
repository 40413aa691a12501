import assert from 'node:assert/strict';
import {copyFile, mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {practiceHost} from '../../../source/runtime/practice/practice-host.ts';
import {never, onPractice} from './on-practice.ts';

const script = `sudo apt-get update
sudo apt-get -y upgrade --with-new-pkgs
for each in 1 2 3; do echo "$each" >> /tmp/counted; sleep 1; done
cat /tmp/counted; date; mktemp; echo "VALUE=$(wc -l < /tmp/counted)" >> "$HANDRAIL_OUTPUT"`;

test('killed at any step it goes on from there: every byte once, every effect once', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const {host, specOf} = await onPractice({folder, speed: 25});
	const spec = specOf(script);
	await host.start(spec, {});
	const copies: {folder: string; offset: number}[] = [];
	const copy = async (offset: number) => {
		const to = join(folder, String(copies.length));
		await mkdir(to);
		await copyFile(join(folder, 'world.json'), join(to, 'world.json'));
		copies.push({folder: to, offset});
	};
	await copy(0);
	let output = '';
	for await (const bytes of host.follow(spec.task, 0, never)) {
		output += Buffer.from(bytes).toString('latin1');
		await copy(output.length);
	}
	const end = await host.ask(spec.task);
	const {values} = await host.handed(spec.task);
	assert.equal(String(values), 'VALUE=3\n', output);
	await host.close();
	// A busy machine sees several at once.
	assert.ok(copies.length > 8, `only ${copies.length} steps were seen`);
	for (const each of copies.filter((_, index) => index % 4 === 0 || index > copies.length - 4)) {
		const next = practiceHost('practice', {folder: each.folder, speed: 0});
		await next.connect(never);
		let rest = '';
		for await (const bytes of next.follow(spec.task, each.offset, never)) rest += Buffer.from(bytes).toString('latin1');
		assert.equal(output.slice(0, each.offset) + rest, output, `killed at byte ${each.offset}`);
		assert.deepEqual(await next.ask(spec.task), end);
		const asked = await next.read({
			script: 'cat /tmp/counted; grep -c Start-Date /var/log/apt/history.log; dpkg --audit',
			interpreter: ['sh'],
			values: {},
			timeout: 5000,
		});
		assert.equal(String(asked.stdout), '1\n2\n3\n2\n', `killed at byte ${each.offset}`);
		await next.close();
	}
	await rm(folder, {recursive: true});
});

test('what was typed, and a signal, reach the script again at the same moment', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const first = await onPractice({folder, speed: 30});
	const spec = first.specOf(
		'read a; echo "got $a"; sleep 2; read b; echo "and $b"; while true; do echo tick; sleep 1; done',
	);
	await first.host.start(spec, {});
	await first.host.write(spec.task, Buffer.from('one\n'));
	let output = '';
	for await (const bytes of first.host.follow(spec.task, 0, never)) {
		output += String(Buffer.from(bytes));
		if (output === 'got one\n') await first.host.write(spec.task, Buffer.from('two\n'));
		if (output.endsWith('tick\ntick\n')) await first.host.cancel(spec.task, 'TERM');
	}
	await first.host.close();
	assert.match(output, /^got one\nand two\n(tick\n)+$/);
	const again = practiceHost('practice', {folder, speed: 0});
	await again.connect(never);
	assert.deepEqual(await again.ask(spec.task), {is: 'ended', exit: 143, bytes: output.length});
	await again.close();
	await rm(folder, {recursive: true});
});

test('a task that was given a secret is lost with the program, and says so', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const {host, specOf} = await onPractice({folder, speed: 1});
	const spec = specOf('sleep 60', {secrets: ['PASSWORD']});
	await host.start(spec, {PASSWORD: Buffer.from('x')});
	await host.close();
	const next = practiceHost('practice', {folder, speed: 0});
	await next.connect(never);
	assert.deepEqual(await next.ask(spec.task), {is: 'lost', rebooted: false, alive: false});
	await next.close();
	await rm(folder, {recursive: true});
});

test('locks and the machine are the same after the program ended', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const first = practiceHost('practice', {folder, speed: 0});
	const met = await first.connect(never);
	await first.lock({owner: 'a', run: 'one', since: 'now'}, false);
	await first.close();
	const second = practiceHost('practice', {folder, speed: 0});
	assert.deepEqual(await second.connect(never), met);
	assert.equal((await second.lock({owner: 'b', run: 'two', since: 'now'}, false)).taken, false);
	await second.close();
	await rm(folder, {recursive: true});
});

test('a state that is no state is said, not used', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const {writeFile} = await import('node:fs/promises');
	for (const text of ['', '{', 'null', '{"format":2}', '[]']) {
		await writeFile(join(folder, 'world.json'), text);
		await assert.rejects(practiceHost('practice', {folder}).connect(never), /not a state of the practice server/);
	}
	await rm(folder, {recursive: true});
});
