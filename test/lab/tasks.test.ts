import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, type TestContext, test} from 'node:test';
import type {Event} from '../../source/core/run/events.ts';
import {until} from '../helpers/task-host.ts';
import type {LabOptions} from './lab-options.ts';
import {type LabRun, labRun, unattended, untilPrinted} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

// A change that prints bytes of every kind, then lines for as long as its gate is shut, and ends with a status of its own.
const document = `---
handrail: 1
title: A change
---
# A change

## Change

\`\`\`sh { name=change durable expect=37 }
echo once >> "$HOME/counter"
head -c 3000000 /dev/urandom | tee "$HOME/bytes"
i=0
while [ ! -e /run/gate ]; do
	i=$((i + 1))
	echo "line $i" | tee "$HOME/last"
	sleep 0.1
done
exit 37
\`\`\`
`;

// Both the file and the output grow, so that one or the other meets the end of the disk.
const grow = `i=0
while :; do
	i=$((i + 1))
	echo "line $i"
	head -c 9000 /dev/urandom >> "$HOME/grown"
	sleep 0.1
done`;

const limit = {timeout: 400_000};
const going = ['--yes', '--trust', '--json'];

/** A host on which the change has printed some lines. */
async function halfWay(context: TestContext, options: LabOptions) {
	const it = await labRun(context, options);
	const running = it.program.start(unattended(it, document));
	const run = await untilPrinted(it, running, 'line 5\n');
	return {...it, running, run};
}

const home = ({host}: LabRun) => (host.user === 'root' ? '/root' : `/home/${host.user}`);
const openGate = async ({host}: LabRun) => await host.exec('touch /run/gate');
const journal = ({program}: LabRun, run: string): Event[] => program.journal(run);

/** What was said last of the change. */
function report(it: LabRun, run: string) {
	const last = journal(it, run).findLast(event => event.type === 'task.reported');
	return last?.type === 'task.reported' ? last.report : undefined;
}

/** Every byte is here, once, and the status; the host keeps nothing. */
async function assertWhole(it: LabRun, run: string): Promise<void> {
	const {host, program} = it;
	const last = Number(host.read(`${home(it)}/last`).split(' ')[1]);
	const lines = Array.from({length: last}, (_, at) => `line ${at + 1}\n`).join('');
	const expected = Buffer.concat([
		Buffer.from(await host.exec(`base64 '${home(it)}/bytes'`), 'base64'),
		Buffer.from(lines),
	]);
	assert.equal(expected.length, 3_000_000 + lines.length);
	const output = readFileSync(program.file(run, 'tasks', 't0001', 'output'));
	assert.ok(output.equals(expected), `${output.length} bytes of ${expected.length}`);
	assert.deepEqual(report(it, run), {is: 'ended', exit: 37, bytes: expected.length});
	assert.equal(host.read(`${home(it)}/counter`), 'once\n');
	assert.equal(
		await host.exec(`ls -A '${home(it)}/.local/state/handrail/tasks'; ls -A /var/tmp | grep handrail || :`),
		'',
	);
}

describe('A change on a real host', {skip: hasNoLab, concurrency: 4}, () => {
	test('goes on when the program is killed, and is whole when it is resumed', limit, async context => {
		const it = await halfWay(context, {user: 'admin'});
		it.running.child.kill('SIGKILL');
		await it.running.ended;
		await openGate(it);
		const resumed = await it.program.run(['resume', ...going]);
		assert.equal(resumed.code, 0, resumed.err);
		await assertWhole(it, it.run);
	});

	test('is whole when the network was gone for 20 seconds in its middle', limit, async context => {
		const it = await halfWay(context, {});
		const line = () => Number(it.host.read('/root/last').split(' ')[1]);
		await it.host.cutNetwork();
		const before = line();
		await until(() => line() > before + 180, 60_000);
		assert.ok(await it.running.until(out => out.includes('"link.lost"')), it.running.err);
		await it.host.joinNetwork();
		await openGate(it);
		const {code, err} = await it.running.ended;
		assert.equal(code, 0, err);
		await assertWhole(it, it.run);
	});

	test('is lost when the power goes, and is never run again by itself', limit, async context => {
		const it = await halfWay(context, {user: 'admin'});
		await it.host.powerCut();
		const ended = await it.running.ended;
		assert.equal(ended.code, 3, ended.err);
		assert.deepEqual(report(it, it.run), {is: 'lost', rebooted: true, alive: false});
		const resumed = await it.program.run(['resume', ...going]);
		assert.equal(resumed.code, 3);
		assert.match(resumed.err, /nobody can say how it ended/);
		assert.equal(it.host.read('/home/admin/counter'), 'once\n');
		const met = journal(it, it.run).flatMap(event => (event.type === 'host.met' ? [event.bootId] : []));
		assert.deepEqual([met[0], met.at(-1)], it.host.boots);
	});

	test('is lost when somebody reboots the host', limit, async context => {
		const it = await halfWay(context, {rebootAfter: 3000});
		await it.host.exec('systemctl reboot');
		const ended = await it.running.ended;
		assert.equal(ended.code, 3, ended.err);
		// Where the connection was made again before the host went down, it had not rebooted yet.
		const last = report(it, it.run);
		assert.deepEqual([last?.is, last?.is === 'lost' && last.alive], ['lost', false]);
		const ends = journal(it, it.run).flatMap(event => (event.type === 'block.ended' ? [event.end] : []));
		assert.deepEqual(ends, ['unknown']);
		assert.notEqual(await it.host.booted(2), it.host.boots[0]);
	});

	test('is lost when logging out ends it, which is said before', limit, async context => {
		const it = await labRun(context, {user: 'operator', killsUserProcesses: true});
		const probed = async (host: string) => JSON.parse((await it.program.run(['probe', host, '--json'])).out).transport;
		assert.match(await probed('operator@web1'), /tasks do not outlive the connection .*enable-linger operator/);
		assert.match(await probed('root@web1'), /tasks outlive the connection/);
		const running = it.program.start(unattended(it, document.replace(' durable', '')));
		const run = await untilPrinted(it, running, 'line 5\n');
		running.child.kill('SIGKILL');
		await running.ended;
		const resumed = await it.program.run(['resume', ...going]);
		assert.equal(resumed.code, 3, resumed.err);
		assert.deepEqual(report(it, run), {is: 'lost', rebooted: false, alive: false});
		assert.equal(it.host.read('/home/operator/counter'), 'once\n');
	});

	test('is refused on a full disk, and keeps its status where the disk fills up under it', limit, async context => {
		const it = await labRun(context, {disk: 32});
		const growing = `# Grow\n\n\`\`\`sh { name=grow }\n${grow}\n\`\`\`\n`;
		await it.host.fillDisk();
		const refused = await it.program.run(unattended(it, growing));
		assert.equal(refused.code, 5, refused.err);
		assert.match(refused.err, /\/var\/tmp\/handrail\.lock cannot be written/);
		await it.host.emptyDisk();
		const running = it.program.start(['resume', ...going]);
		const run = await untilPrinted(it, running, 'line 5\n');
		await it.host.fillDisk();
		const {code, err} = await running.ended;
		assert.equal(code, 1, err);
		const output = readFileSync(it.program.file(run, 'tasks', 't0001', 'output'));
		assert.deepEqual(report(it, run), {is: 'ended', exit: 1, bytes: output.length});
	});

	test('is done on one host, then on the other', limit, async context => {
		const it = await labRun(context, {name: 'web1'}, {name: 'web2', user: 'admin'});
		for (const host of it.hosts) await host.exec('touch /run/gate');
		const {code, err} = await it.program.run(unattended(it, document));
		assert.equal(code, 0, err);
		const [run] = await it.program.runs();
		const ends = journal(it, run!.id).flatMap(event => (event.type === 'host.ended' ? [[event.host, event.end]] : []));
		assert.deepEqual(ends, [
			['web1', 'completed'],
			['web2', 'completed'],
		]);
		assert.deepEqual(
			[it.hosts[0]!.read('/root/counter'), it.hosts[1]!.read('/home/admin/counter')],
			['once\n', 'once\n'],
		);
	});
});
