import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answers} from '../../source/commands/answers.ts';
import type {Question} from '../../source/core/run/question.ts';
import type {Session} from '../../source/runtime/engine/session.ts';
import {toldRun} from '../helpers/told-run.ts';

const markdown = '# T\n## Step\n~~~sh {name=it}\nsudo a\n~~~\n';
const allowed = {yes: true, confirm: [], skipManual: undefined, trust: true, retry: new Set<string>()};

test('a password for sudo from a flag is sent once a session and host, and never as the third try', async () => {
	const told = toldRun(markdown, {world: {sudo: ['password']}});
	const session = {state: told.state, hosts: {get: () => ({kind: 'ssh'})}} as unknown as Session;
	const asked = (tries: number, host = 'web1') => ({...told.question, host, sudo: {user: 'me', tries}}) as Question;
	const given = async (answer: ReturnType<typeof answers>, question: Question) => {
		const reply = await answer(question, undefined, new AbortController().signal);
		return reply && 'secret' in reply ? Buffer.from(reply.secret).toString() : reply && 'why' in reply && reply.why;
	};
	const fresh = () => answers(session, allowed, new Map([['sudo', Buffer.from('mine')]]), undefined);
	const answer = fresh();
	assert.equal(await given(answer, asked(0)), 'mine');
	assert.match(String(await given(answer, asked(1))), /it is not sent again by itself/);
	assert.equal(await given(answer, asked(0, 'web2')), 'mine');
	assert.equal(await given(fresh(), asked(1)), 'mine');
	assert.match(String(await given(fresh(), asked(2))), /one more may lock the account: give it at a terminal/);
});
