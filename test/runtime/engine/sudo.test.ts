import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {type TestContext, test} from 'node:test';
import {listOptions} from '../../../source/runtime/engine/list-options.ts';
import type {TaskSpec} from '../../../source/runtime/hosts/host.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost} from '../../helpers/fake-host.ts';

const markdown =
	'# T\n## Step\n~~~sh {name=it risk=reads}\nsudo a\n~~~\n~~~sh {name=more risk=reads}\nb\n~~~\n~~~sh {name=last risk=reads}\nsudo -l\n~~~\n';
const right = 'Zebra-crossing 7';

async function driven(context: TestContext) {
	const host = new FakeHost('web1', {'sudo a': {output: `who has ${right}?\n`}, b: {}, 'sudo -l': {}});
	host.sudoPassword = right;
	const specs: TaskSpec[] = [];
	host.onStart = spec => void specs.push(spec);
	const run = await DrivenRun.open(markdown, [host]);
	context.after(() => run.close());
	const give = (password: string) => run.session.giveSecret('web1', 'sudo', Buffer.from(password));
	await run.untilAsked('input sudo');
	return {host, run, specs, give};
}

test('a password for sudo goes with the commands that call it, is masked, and recorded nowhere', async context => {
	const {host, run, specs, give} = await driven(context);
	assert.equal(await give(right), undefined);
	await run.walk();
	assert.deepEqual(host.tried, [right]);
	assert.deepEqual(
		specs.map(({script, askpass}) => [script, askpass ?? false]),
		[
			['sudo a', true],
			['b', false],
			['sudo -l', true],
		],
	);
	assert.equal(run.session.secrets.masked(`who has ${right}?`), 'who has ***?');
	assert.ok(!readFileSync(run.folder.journal, 'utf8').includes(right));
});

test('a password that sudo did not take is forgotten', async context => {
	const {host, run, give} = await driven(context);
	await give('wrong one');
	await run.until(() => run.host.sudoTries === 1);
	await run.untilAsked('input sudo');
	assert.deepEqual(run.session.secrets.all(), []);
	assert.deepEqual(host.tried, ['wrong one']);
});

test('a password of which nobody heard whether it was taken is never sent again by itself', async context => {
	const {host, run, give} = await driven(context);
	host.cuts.add('trySudo');
	await give(right);
	await run.until(() => run.host.sudoTries === 1);
	await run.untilAsked('input sudo');
	assert.deepEqual(host.tried, [right]);
	assert.deepEqual(
		(await run.events('sudo.answered')).map(({is}) => is),
		['password', 'unheard'],
	);
	await give(right);
	await run.walk();
	assert.deepEqual(host.tried, [right, right]);
});

test('with nothing typed, commands run without it', async context => {
	const {host, run, specs, give} = await driven(context);
	assert.equal(await give(''), undefined);
	await run.walk();
	assert.deepEqual(host.tried, []);
	assert.ok(specs.every(({askpass}) => askpass === undefined));
});

const wayBack =
	'# T\n## Step\n~~~sh {name=it risk=reads}\nsudo a\n~~~\n## Rollback\n~~~sh {available}\nsudo there\n~~~\n~~~sh\nback\n~~~\n';
const probes: [title: string, password: string, output: string, answer: string, lent: string | undefined][] = [
	['is lent the password', right, 'there\n', 'yes', right],
	['that sudo did not let in says nothing', '', 'sudo: a password is required\n', 'unknown', undefined],
];
for (const [title, password, output, answer, lent] of probes) {
	test(`what the document asks by itself ${title}`, async context => {
		const exit = answer === 'yes' ? 0 : 1;
		const host = new FakeHost('web1', {'sudo a': {exit: 1}, 'sudo there': {output, exit}});
		host.sudoPassword = right;
		const run = await DrivenRun.open(wayBack, [host]);
		context.after(() => run.close());
		const remote = run.session.hosts.get('web1');
		const {read} = remote;
		const given: (string | undefined)[] = [];
		remote.read = spec => {
			given.push(spec.password && Buffer.from(spec.password).toString());
			return read(spec);
		};
		await run.untilAsked('input sudo');
		await run.session.giveSecret('web1', 'sudo', Buffer.from(password));
		await run.untilAsked('confirm step/it');
		await run.does({type: 'run', block: 'step/it', confirmed: 'enter'});
		await run.until(() => Object.keys(run.host.probes).length === 1);
		assert.deepEqual(
			Object.values(run.host.probes).map(probe => probe.answer),
			[answer],
		);
		assert.deepEqual(given, [lent]);
		const [option] = await listOptions(run.session.state, 'web1', host.connection(), new AbortController().signal);
		assert.deepEqual([option?.available, /none was given/.test(option?.evidence ?? '')], ['unknown', true]);
	});
}
