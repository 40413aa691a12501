import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import type {NewEvent} from '../../../source/core/run/events.ts';
import type {Intent} from '../../../source/core/run/told.ts';
import {Failure} from '../../../source/core/text/failure.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeReply} from '../../helpers/fake-host.ts';

const secret = 'hunter2-Zebra';
const runbook = `---
handrail: 1
inputs:
  PIN: { prompt: PIN, secret: true }
  DIR: { prompt: Folder }
---
# T
## Step
~~~sh {name=it fail-match="^E: "}
it $PIN
~~~
~~~sh {name=use}
use $DIR
~~~
## Rollback
~~~sh {ready}
ready
~~~
~~~sh {available}
available
~~~
~~~sh
back
~~~
`;
const it = {type: 'run', block: 'step/it', confirmed: 'y'} as const;

/** A run whose first command knows the secret. */
async function driven(context: TestContext, reply: FakeReply = {}, probed: FakeReply = {}) {
	const host = new FakeHost('web1', {'it $PIN': reply, 'use $DIR': {}, ready: probed, available: probed, back: {}});
	const run = await DrivenRun.open(runbook, [host]);
	context.after(() => run.close());
	await run.untilAsked('input PIN');
	await run.session.giveSecret('web1', 'PIN', Buffer.from(secret));
	await run.untilAsked('confirm step/it');
	return {host, run};
}

type Driven = Awaited<ReturnType<typeof driven>>;

const wrapped = `${'-'.repeat(70)}hunter2-\r\nZebra`;
/** Words of a host that end in the record: how they come there, and which event holds them. */
const channels: [
	title: string,
	reply: FakeReply,
	probed: FakeReply,
	make: (driven: Driven) => Promise<unknown>,
	type: NewEvent['type'],
][] = [
	[
		'the line that a pattern of failure found',
		{output: `E: no ${secret}\n`},
		{},
		({run}) => run.does(it),
		'block.ended',
	],
	[
		'half of it at the end of such a line',
		{output: `E: ${'-'.repeat(60)}hunter2-\r\nZebra\r\n`},
		{},
		({run}) => run.does(it),
		'block.ended',
	],
	['evidence of a way back', {exit: 1}, {stdout: `with ${secret}\n`}, ({run}) => run.does(it), 'probed'],
	['evidence with colours', {exit: 1}, {stdout: 'hunter2\x1b[1m-Zebra\n'}, ({run}) => run.does(it), 'probed'],
	['evidence that is wrapped', {exit: 1}, {stdout: wrapped}, ({run}) => run.does(it), 'probed'],
	['a refused start', {refuses: `not with ${secret}`}, {}, ({run}) => run.does(it), 'task.reported'],
	[
		'a lost connection',
		{},
		{},
		({run}) => run.session.observe('web1', {type: 'link-lost', why: `it said ${secret}`}),
		'link.lost',
	],
	[
		'the owner of a lock',
		{},
		{},
		({run, host}) => {
			host.owner = {owner: `ada ${secret}`, run: 'other', since: 'then'};
			return run.does(it);
		},
		'request.refused',
	],
	['a note', {}, {}, ({run}) => run.does({type: 'note', text: `tried ${secret}`}), 'note'],
	[
		'a reason',
		{},
		{},
		({run}) => run.does({type: 'skip', block: 'step/it', reason: `${secret} is wrong`}),
		'deviation',
	],
];

for (const [title, reply, probed, make, type] of channels) {
	test(`a secret in ${title} is masked in the record`, async context => {
		const {run, host} = await driven(context, reply, probed);
		await make({run, host});
		const events = () =>
			readFileSync(run.folder.journal, 'utf8')
				.split('\n')
				.filter(line => line.includes(`"${type}"`));
		await run.eventually(() => events().some(line => line.includes('***')));
		assert.ok(!/hunter2|Zebra/.test(readFileSync(run.folder.journal, 'utf8')));
	});
}

test('a value or a command with a secret in it is refused: masked it would mean something else', async context => {
	const {run} = await driven(context);
	const refused: [Intent, string][] = [
		[{type: 'give-input', name: 'DIR', value: `/${secret}`}, 'DIR'],
		[{type: 'give-fact', key: 'os', value: secret}, 'os'],
		[{...it, edited: {script: `echo ${secret}`, reason: 'x'}}, 'the edited command'],
	];
	for (const [intent, name] of refused) assert.deepEqual(await run.tell(intent), {code: 'holds-secret', name});
	await run.does({type: 'give-input', name: 'DIR', value: '/srv'});
});

test('a secret in what ends the session is masked', async context => {
	const {run} = await driven(context);
	run.session.stop(new Failure(`web1: said ${secret}`, `Try ${secret}.`, 3));
	assert.equal(run.session.stopped?.message, 'web1: said ***');
	assert.equal(run.session.stopped?.hint, 'Try ***.');
});

test('what was given first is masked also after something else was given in its place', async context => {
	const {run} = await driven(context);
	await run.session.giveSecret('web1', 'PIN', Buffer.from('another-one'));
	assert.equal(run.session.secrets.masked(`${secret} another-one`), '*** ***');
	assert.deepEqual(Buffer.from(run.session.secrets.of('web1', ['PIN'])['PIN']!).toString(), 'another-one');
});

test('of a secret that is too short to be masked is said so, once', async context => {
	const {run} = await driven(context);
	const remarks: string[] = [];
	run.session.subscribe(change => change.kind === 'remark' && remarks.push(change.text));
	await run.session.giveSecret('web1', 'PIN', Buffer.from('long enough'));
	await run.session.giveSecret('web1', 'PIN', Buffer.from('123'));
	assert.deepEqual(remarks, ['PIN is too short to be masked: where a command prints it, it is shown and recorded']);
});

function tailOf({session}: DrivenRun, most?: number): string | undefined {
	const bytes = session.recordedTail('t0001', most);
	return bytes && Buffer.from(bytes).toString();
}

test('output of an earlier session that may hold a secret is not shown before that could be masked', async context => {
	const {host, run} = await driven(context, {output: `said ${secret}\n`, hangs: true});
	await run.does(it);
	await run.until(() => tailOf(run)?.includes(secret) === true, 'its output');
	await run.close();
	const resumed = await DrivenRun.open(runbook, [host], {folder: run.folder});
	context.after(() => resumed.close());
	await resumed.untilAsked('input PIN');
	assert.equal(resumed.session.recordedTail('t0001'), undefined);
	await resumed.session.giveSecret('web1', 'PIN', Buffer.from(secret));
	assert.ok(tailOf(resumed)?.includes(secret));
	host.finish('it $PIN', 0);
	await resumed.untilAsked('input DIR');
	assert.equal(resumed.host.tasks['t0001']?.seen?.holdsSecret, true);
	await resumed.close();
	const last = await DrivenRun.open(runbook, [host], {folder: run.folder});
	context.after(() => last.close());
	assert.equal(last.session.recordedTail('t0001'), undefined);
});

test('a tail that begins inside a secret shows no end of it', async context => {
	const {run} = await driven(context, {output: `${secret}\n${'plain text\n'.repeat(100)}`});
	await run.does(it);
	await run.untilAsked('input DIR');
	const tail = tailOf(run, 1106);
	assert.doesNotMatch(tail!, /ebra/);
	assert.match(tail!, /^plain text\n/);
});
