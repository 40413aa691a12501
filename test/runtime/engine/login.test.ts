import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {LoginQuestion} from '../../../source/core/run/login-question.ts';
import {LoginDesk} from '../../../source/runtime/engine/login-desk.ts';
import {NotConnected} from '../../../source/runtime/hosts/host.ts';
import {DiskFailure} from '../../../source/runtime/journal/disk-failure.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost} from '../../helpers/fake-host.ts';

const document = '# T\n## A\n```sh {name=look risk=reads}\nlook\n```\n';
const secret = 'sesame street';
const password = {kind: 'password', host: 'web1', user: 'root', refused: 0} as const;
const code = {...password, kind: 'prompt', title: 't', instruction: `${secret}?`, prompt: 'p', isShown: false} as const;
const key = {kind: 'host-key', host: 'web1', name: 'web1', type: 'ssh-rsa', fingerprint: 'SHA256:x'} as const;
const alive = new AbortController().signal;

const deskOf = () => {
	const changes: (LoginQuestion | undefined)[] = [];
	const desk: LoginDesk = new LoginDesk(
		() => changes.push(desk.question),
		() => undefined,
	);
	return {desk, changes};
};

test('one question stands at a time, the others wait in order, and each change is told', async () => {
	const {desk, changes} = deskOf();
	const [first, second, third] = [desk.trusts(key, alive), desk.tell(password, alive), desk.tell(code, alive)];
	assert.equal(desk.question?.kind, 'host-key');
	desk.answer(desk.question!, true);
	assert.equal(await first, true);
	const asked = desk.question!;
	desk.answer(asked, Buffer.from(secret));
	assert.equal(Buffer.from((await second)!).toString(), secret);
	const late = Buffer.from(secret);
	desk.answer(asked, late);
	assert.ok(
		late.every(byte => byte === 0),
		'an answer that comes too late is wiped',
	);
	assert.deepEqual([...desk.declined], []);
	desk.answer(desk.question!, undefined);
	assert.equal(await third, undefined);
	assert.deepEqual([...desk.declined], ['web1']);
	assert.deepEqual(
		changes.map(each => each?.kind),
		['host-key', 'password', 'prompt', undefined],
	);
});

test('a login that has given up is not asked for any more', async () => {
	const {desk, changes} = deskOf();
	const [one, two] = [new AbortController(), new AbortController()];
	const [first, second] = [desk.tell(password, one.signal), desk.trusts(key, two.signal)];
	two.abort();
	assert.equal(await second, false);
	one.abort();
	assert.equal(await first, undefined);
	assert.equal(desk.question, undefined);
	assert.equal(await desk.tell(password, one.signal), undefined);
	assert.deepEqual([...desk.declined], []);
	assert.deepEqual(
		changes.map(each => each?.kind),
		['password', undefined],
	);
});

test('an answer is recorded before it is given, with who gave it and never with itself', async () => {
	const host = new FakeHost('web1', {look: {output: `it is ${secret}\n`}});
	const told: string[] = [];
	host.login = async (asks, signal) => {
		await asks.trusts({...key, machine: 'root@jump:22'}, signal);
		for (const question of [password, code]) {
			const bytes = await asks.tell(question, signal);
			told.push(Buffer.from(bytes!).toString());
			asks.mask?.(bytes!);
			bytes!.fill(0);
		}
	};
	const run = await DrivenRun.open(document, [host]);
	const {session} = run;
	for (const answer of [true as const, Buffer.from(secret), Buffer.from(secret)]) {
		await run.until(() => session.login !== undefined);
		const asked = session.login!;
		// A key that is pressed twice answers once.
		const twice = answer === true ? true : Buffer.from(answer);
		await Promise.all([session.answerLogin(asked, answer), session.answerLogin(asked, twice)]);
		await run.until(() => session.login !== asked);
		assert.ok(twice === true || twice.every(byte => byte === 0));
	}
	await run.walk();
	assert.deepEqual(told, [secret, secret]);
	assert.deepEqual(
		(await run.events('login.answered')).map(({host, by, about, given, machine}) => ({
			host,
			by,
			about,
			given,
			machine,
		})),
		[
			{about: {kind: 'host-key', name: 'web1', type: 'ssh-rsa', fingerprint: 'SHA256:x'}, machine: 'root@jump:22'},
			{about: {kind: 'password', user: 'root'}, machine: undefined},
			{about: {kind: 'prompt', user: 'root'}, machine: undefined},
		].map(each => ({host: 'web1', by: {login: 'tester', uid: 1}, given: true, ...each})),
	);
	assert.deepEqual(session.secrets.all(), [secret]);
	await run.close();
	assert.deepEqual(session.secrets.all(), []);
	const [reported] = await run.events('task.reported');
	assert.ok(reported);
	for (const file of globSync(join(run.folder.path, '*'), {withFileTypes: true})) {
		if (file.isFile()) assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(secret), file.name);
	}
});

test('an answer that cannot be recorded is wiped, and the question stands', async () => {
	const host = new FakeHost('web1', {});
	host.login = async (asks, signal) => {
		(await asks.tell(password, signal))?.fill(0);
	};
	const run = await DrivenRun.open(document, [host]);
	await run.until(() => run.session.login !== undefined);
	const asked = run.session.login!;
	run.isDiskFull = true;
	const bytes = Buffer.from(secret);
	await assert.rejects(run.session.answerLogin(asked, bytes), DiskFailure);
	assert.ok(bytes.every(byte => byte === 0));
	assert.equal(run.session.login, asked);
	run.isDiskFull = false;
	await run.session.answerLogin(asked, undefined);
	await run.untilAsked('confirm a/look');
	assert.deepEqual(
		(await run.events('login.answered')).map(({given}) => given),
		[false],
	);
	await run.close();
});

test('a session that ends while a login asks is not held up by it', async () => {
	const host = new FakeHost('web1', {});
	host.login = async (asks, signal) => {
		await asks.tell(password, signal);
	};
	const run = await DrivenRun.open(document, [host]);
	await run.until(() => run.session.login !== undefined);
	await run.close();
	assert.equal(run.session.login, undefined);
	assert.deepEqual(await run.events('login.answered'), []);
});

test('who gives no answer when a lost connection is made again is not asked again at once, and the run stays', async () => {
	const host = new FakeHost('web1', {look: {output: 'one\ntwo\n', drops: [4]}});
	let connects = 0;
	host.login = async (asks, signal) => {
		if (connects++ === 0) return;
		if (!(await asks.tell(password, signal))) throw new NotConnected('web1: nobody was let in', 'Answer it.');
	};
	const run = await DrivenRun.open(document, [host]);
	const {session} = run;
	await run.untilAsked('confirm a/look');
	await run.does({type: 'run', block: 'a/look', confirmed: 'enter'});
	await run.until(() => session.login !== undefined);
	await session.answerLogin(session.login!, undefined);
	await run.until(() => session.retries.has('web1'));
	const seconds = (session.retries.get('web1')! - Date.now()) / 1000;
	assert.ok(seconds > 15 && seconds <= 30, `tried again in ${seconds} s`);
	assert.equal(session.stopped, undefined);
	assert.equal(connects, 2);
	await run.close();
});

test('what a server says is told once, what it waits for each time, and only the wait can be left', () => {
	const said: string[][] = [];
	const desk = new LoginDesk(
		() => undefined,
		() => undefined,
		({lines}) => said.push(lines),
	);
	const over = new AbortController();
	let left = 0;
	const leave = () => {
		left++;
		over.abort();
	};
	for (const _ of [1, 2]) desk.notice({host: 'web1', lines: ['a banner']}, alive);
	const waits = () => desk.waiting;
	assert.equal(waits(), undefined);
	desk.notice({host: 'web1', lines: ['a phone'], leave}, over.signal);
	const waiting = waits()!;
	assert.deepEqual(waiting.lines, ['a phone']);
	desk.leave(waiting);
	assert.equal(waits(), undefined);
	desk.leave(waiting);
	assert.equal(left, 1);
	assert.deepEqual([...desk.declined], ['web1']);
	desk.notice({host: 'web1', lines: ['a phone'], leave}, alive);
	assert.deepEqual(said, [['a banner'], ['a phone'], ['a phone']]);
});
