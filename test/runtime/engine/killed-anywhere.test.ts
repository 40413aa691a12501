import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import type {Question} from '../../../source/core/run/question.ts';
import type {RunState} from '../../../source/core/run/state.ts';
import type {Intent} from '../../../source/core/run/told.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import type {RunFolder} from '../../../source/runtime/journal/run-folder.ts';
import {taskFolder} from '../../../source/runtime/journal/task-folder.ts';
import {walkPlain} from '../../../source/views/plain/walk-plain.ts';
import {FakeHost, type FakeTable} from '../../helpers/fake-host.ts';
import {Killed, newFolder, openFakeRun} from '../../helpers/fake-run.ts';

const source = readFileSync(new URL('../../fixtures/every-path.md', import.meta.url), 'utf8');
const {runbook} = readMarkdown(source, 'every-path.md');

const broken = {output: 'Reading...\nE: broken\n', exit: 100};

/** The longest walk: a lost command, a failure twice, troubleshooting, a rollback that fails once, a debt at the end. */
const table: FakeTable = {
	slow: [{lost: {rebooted: true, alive: false}}, {output: 'slow again\n'}],
	silence: {output: 'silenced\n'},
	unsilence: {},
	apply: broken,
	verify: {},
	audit: {output: 'a long line of output that comes in many pieces\n'},
	repair: {},
	'can-downgrade': {output: 'yes it can\n'},
	'old-there': {output: 'the old one is there\n'},
	downgrade: [{exit: 1}, {output: 'downgraded\n'}],
};

test('a run that is killed at any event and resumed loses nothing and does nothing twice', async () => {
	const whole = await walk(Number.POSITIVE_INFINITY);
	assert.equal(whole.state.ended, 'rolled-back');
	assert.deepEqual(whole.host.started, [
		'slow',
		'slow',
		'silence',
		'apply',
		'audit',
		'repair',
		'apply',
		'downgrade',
		'downgrade',
		'unsilence',
	]);
	assert.ok(whole.events > 60, `${whole.events} events`);
	for (let kill = 1; kill < whole.events; kill++) {
		const killed = await walk(kill);
		const at = `killed at event ${kill}`;
		assert.equal(killed.sessions, 2, at);
		assert.equal(killed.state.ended, 'rolled-back', at);
		assert.deepEqual(killed.host.started, whole.host.started, at);
		assert.deepEqual(statuses(killed.state), statuses(whole.state), at);
		assert.deepEqual(killed.outputs, whole.outputs, at);
		assert.equal(killed.host.owner, undefined, `${at}: the lock is given back`);
		assert.equal(killed.host.running.size, 0, `${at}: the host is left clean`);
	}
});

async function walk(kill: number) {
	const host = new FakeHost('web1', table);
	const folder = await newFolder();
	let sessions = 0;
	for (;;) {
		const {session, begin} = await openFakeRun(folder, runbook, [host], sessions++ === 0 ? {kill} : {});
		try {
			await begin();
			const answerer = async (question: Question) => ({tell: answer(question, session.state)});
			await walkPlain(session, answerer, AbortSignal.any([session.closing.signal, AbortSignal.timeout(20_000)]));
		} catch (error) {
			if (!(error instanceof Killed)) throw error;
		}
		const {state} = session;
		const isKilled = session.closing.signal.aborted;
		await session.close();
		if (isKilled) continue;
		const {events, problem, torn} = await readJournal(folder.journal);
		assert.equal(problem, undefined);
		assert.equal(torn.length, 0);
		return {host, state, sessions, events: events.length, outputs: outputsOf(folder, state)};
	}
}

/** Answers from the state alone, so that a resumed run is answered like the first. */
function answer(question: Question, state: RunState): Intent {
	const host = state.hosts['web1']!;
	const attempts = 'item' in question ? (host.blocks[question.item.id]?.attempts.length ?? 0) : 0;
	switch (question.kind) {
		case 'confirm':
			return {type: 'run', block: question.item.id, confirmed: question.needs};
		case 'manual':
			return {type: 'confirm-manual', block: question.item.id};
		case 'choice':
			return {type: 'choose', block: question.item.id, section: 'slow'};
		case 'unknown':
			return {type: 'settle', block: question.item.id, end: 'failed', reason: 'seen on the console'};
		case 'failure':
			if (question.item.id !== 'apply/apply') return {type: 'run', block: question.item.id, confirmed: 'name'};
			if (!host.blocks['broken/1']) return {type: 'visit', section: question.entries[0]!};
			return attempts < 2
				? {type: 'run', block: question.item.id, confirmed: 'y'}
				: {type: 'visit', section: question.ways[0]!.section};
		default:
			throw new Error(`no answer to ${question.kind}`);
	}
}

const statuses = (state: RunState) =>
	Object.fromEntries(
		Object.entries(state.hosts['web1']!.blocks).map(([id, {status, attempts}]) => [id, {status, attempts}]),
	);

const outputsOf = (folder: RunFolder, state: RunState) =>
	Object.fromEntries(
		Object.keys(state.hosts['web1']!.tasks).map(id => [id, readIfThere(taskFolder(folder, id).output)]),
	);

function readIfThere(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
