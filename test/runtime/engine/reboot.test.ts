import assert from 'node:assert/strict';
import {test} from 'node:test';
import {siteOf} from '../../../source/runtime/settings/site.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeReply} from '../../helpers/fake-host.ts';

const documentWith = (attributes: string) =>
	`# T\n## Step\n~~~sh {name=it reboots${attributes}}\nreboot\n~~~\n~~~sh {check}\ncheck\n~~~\n`;
const runIt = {type: 'run', block: 'step/it', confirmed: 'name'} as const;

/** A run whose host goes down as soon as its command is started. */
async function rebooting(
	t: {after(work: () => Promise<void>): void},
	{attributes = '', reply = {hangs: true} as FakeReply, prepare = (_run: DrivenRun) => {}} = {},
) {
	const host = new FakeHost('web1', {reboot: reply, check: {output: 'up'}});
	const run = await DrivenRun.open(documentWith(attributes), [host]);
	t.after(() => run.close());
	prepare(run);
	host.onStart = () => {
		if (host.started.at(-1) === 'reboot') host.isDown = true;
	};
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.until(() => run.host.reboot?.phase === 'unreachable');
	return {host, run};
}

/** The machine starts anew. */
function boot(host: FakeHost): void {
	host.meeting.bootId = 'boot-2';
	host.boot = {kernel: '6.2', state: 'degraded', failed: ['nginx.service', 'not a unit']};
	host.running.forEach(task => {
		task.reply = {...task.reply, lost: {rebooted: true, alive: false}};
	});
	host.isDown = false;
	host.wake();
}

test('a reboot is proven with its evidence: boot ids, kernels, what has failed since', async t => {
	const {host, run} = await rebooting(t);
	boot(host);
	await run.walk();
	assert.equal(run.asked, 'completed');
	const [began] = await run.events('reboot.began');
	assert.deepEqual(began?.before, {id: 'boot-1', kernel: '6.1', state: 'running', failed: []});
	const [rebooted] = await run.events('rebooted');
	const {was, is, failed, away} = rebooted!;
	assert.deepEqual([was.id, is.id, was.kernel, is.kernel], ['boot-1', 'boot-2', '6.1', '6.2']);
	assert.deepEqual(failed, ['nginx.service']);
	assert.ok(away! >= 0 && away! < 20_000);
	assert.deepEqual(host.started, ['reboot', 'check']);
});

test('another machine at the address of one that reboots is let go of, and nothing runs there', async t => {
	const {host, run} = await rebooting(t);
	const {identity} = host.meeting;
	host.meeting.identity = {...identity, machineId: 'm-2', ownName: 'node2'};
	host.isDown = false;
	await run.until(() => run.host.reboot?.phase === 'another-machine');
	assert.equal(run.session.stopped, undefined);
	assert.equal(run.host.link, false);
	assert.deepEqual(host.started, ['reboot']);
	await run.eventually(() => host.closed > 0);
	host.meeting.identity = identity;
	boot(host);
	await run.walk();
	assert.equal(run.asked, 'completed');
});

test('the bound is that of the block, the console that of the site; a warning comes at half', async t => {
	const rules = [{pattern: 'web1', console: 'https://ilo'}];
	const {host, run} = await rebooting(t, {
		attributes: ' timeout=1s',
		prepare: ({session}) => Object.assign(session.world, {site: siteOf(undefined, rules)}),
	});
	await run.untilAsked('reboot step/it');
	const late = await run.events('reboot.late');
	assert.deepEqual(
		late.map(({which, after, console}) => [which, after, console]),
		[
			['warning', 500, 'https://ilo'],
			['limit', 1000, 'https://ilo'],
		],
	);
	boot(host);
	await run.walk();
	assert.equal(run.asked, 'completed');
});

test('the site says how long a host may be away where the block does not', async t => {
	const {run} = await rebooting(t, {
		prepare: ({session}) =>
			Object.assign(session.world, {site: siteOf(undefined, [{pattern: '*', within: 600, warn: 200}])}),
	});
	await run.untilAsked('reboot step/it');
	assert.deepEqual(
		(await run.events('reboot.late')).map(({after}) => after),
		[200, 600],
	);
});

test('a host that reboots is waited for beyond the patience with a lost connection, by a resumed session too', async t => {
	const {host, run} = await rebooting(t, {
		prepare: ({session}) => Object.assign(session.world, {patience: 0, isAttended: false}),
	});
	await run.until(() => run.session.retries.size > 0);
	assert.equal(run.session.stopped, undefined);
	await run.close();
	const resumed = await DrivenRun.open(documentWith(''), [host], {folder: run.folder});
	t.after(() => resumed.close());
	await resumed.until(() => resumed.session.retries.size > 0);
	assert.equal(resumed.session.stopped, undefined, 'its first connection fails, and that is no error');
	assert.equal(resumed.host.reboot?.round, 2);
	boot(host);
	await resumed.walk();
	assert.equal(resumed.asked, 'completed');
	assert.deepEqual(host.started, ['reboot', 'check']);
});

test('a command that is over goes on being looked at until its host is gone', async t => {
	const host = new FakeHost('web1', {reboot: {}, check: {output: 'up'}});
	const run = await DrivenRun.open(documentWith(''), [host]);
	t.after(() => run.close());
	await run.walk('confirm step/it');
	await run.does(runIt);
	await run.until(() => run.host.reboot?.phase === 'going-down');
	host.isDown = true;
	await run.until(() => run.host.reboot?.phase === 'unreachable');
	boot(host);
	await run.walk();
	assert.equal(run.asked, 'completed');
});
