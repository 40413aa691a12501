import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {test} from 'node:test';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {type Answerer, type Attention, walkPlain} from '../../../source/views/plain/walk-plain.ts';
import {FakeHost} from '../../helpers/fake-host.ts';
import {newFolder, openFakeRun} from '../../helpers/fake-run.ts';

const {runbook} = readMarkdown('# T\n## A\n```sh {name=look risk=reads}\nlook\n```\n', 'test.md');

test('a login is answered before the first question, and in the middle of a task, whatever else is being asked', async context => {
	const said: string[] = [];
	const host = new FakeHost('web1', {look: {output: 'one\ntwo\n', drops: [4]}});
	host.login = async (asks, signal) => {
		if (said.length > 0) {
			// Meanwhile somebody has pressed ctrl-c.
			attention.isWanted = true;
			session.publish({kind: 'session'});
			while (!said.includes('menu')) await new Promise(resolve => setImmediate(resolve));
		}
		const bytes = await asks.tell({kind: 'password', host: 'web1', user: 'root', refused: 0}, signal);
		said.push(`told ${bytes && Buffer.from(bytes)}`);
	};
	const attention: Attention = {
		isWanted: false,
		async answer(_asked, _refused, signal) {
			said.push('menu');
			await new Promise(resolve => signal.addEventListener('abort', resolve, {once: true}));
			said.push('menu is over');
			return undefined;
		},
		async login(question) {
			said.push(`asks ${question.kind}`);
			return Buffer.from('sesame');
		},
	};
	const answer: Answerer = async asked => {
		said.push(asked.kind);
		return {tell: {type: 'run', block: 'a/look', confirmed: 'enter'}};
	};
	const folder = await newFolder();
	context.after(() => rmSync(folder.path, {recursive: true, force: true}));
	const {session, begin} = await openFakeRun(folder, runbook, [host]);
	await begin();
	const outcome = await walkPlain(session, answer, AbortSignal.timeout(15_000), attention);
	await session.close();
	assert.deepEqual(outcome, {code: undefined, why: undefined});
	const second = ['menu', 'asks password', 'menu is over', 'told sesame'];
	assert.deepEqual(said.slice(0, 3), ['asks password', 'told sesame', 'confirm']);
	assert.deepEqual(said.slice(3).sort(), second.sort());
	assert.ok(said.indexOf('menu is over') < said.lastIndexOf('asks password'), 'one thing is asked at a time');
	assert.equal(session.state.ended, 'completed');
});
