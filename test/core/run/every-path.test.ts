import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {effects} from '../../../source/core/run/effects.ts';
import {fold} from '../../../source/core/run/evolve.ts';
import type {Question} from '../../../source/core/run/question.ts';
import type {RunState} from '../../../source/core/run/state.ts';
import type {Intent} from '../../../source/core/run/told.ts';
import {obligations} from '../../../source/core/run/walk.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {explore, fails, nameOf, type Outcome, type Path, succeeds} from '../../helpers/explore.ts';

const source = readFileSync(new URL('../../fixtures/every-path.md', import.meta.url), 'utf8');
const document = readMarkdown(source, 'every-path.md');
const {runbook} = document;

const broken: Outcome = {
	report: {is: 'ended', exit: 100, bytes: 9},
	seen: {entries: ['broken']},
};
const lost: Outcome = {report: {is: 'lost', rebooted: false, alive: false}};

const everyAnswer = [
	'choose how/1 fast',
	'choose how/1 slow',
	'skip apply/apply',
	'visit downgrade',
	'visit broken',
	'back',
	'abort',
	'settle slow/slow done',
	'settle slow/slow failed',
	'skip slow/slow',
];

test('the runbook of this test has no errors', () => {
	assert.deepEqual(
		document.findings.filter(finding => finding.severity === 'error'),
		[],
	);
});

test('every path of a runbook ends, owes nothing, and is the fold of its events', () => {
	const ends = new Map<string, number>();
	const seen = new Set<string>();
	const count = explore(
		{
			runbook,
			hosts: ['web1'],
			outcomes: {
				apply: [succeeds, broken, lost],
				slow: [succeeds, lost],
				watch: [succeeds, fails],
				verify: [succeeds, fails],
				downgrade: [succeeds, fails],
			},
			answers,
			check: assertSound,
		},
		path => {
			const {state} = path;
			ends.set(state.ended!, (ends.get(state.ended!) ?? 0) + 1);
			for (const answer of path.answers) seen.add(answer);
			assert.deepEqual(effects(state), [], 'nothing is left to do after the end');
			assert.equal(obligations(state, state.hosts['web1']!).length, 0, 'nothing is owed after the end');
			assert.deepEqual(withoutMarks(fold(runbook, path.events)), withoutMarks(state));
			assertOnce(path);
		},
	);
	assert.deepEqual([...ends.keys()].sort(), ['aborted', 'completed', 'completed-with-failures', 'rolled-back']);
	for (const wanted of everyAnswer) assert.ok(seen.has(wanted), `no path has the answer ${wanted}`);
	assert.ok(count > 1000, `${count} paths`);
});

/** Holds after every single event. */
function assertSound(state: RunState): void {
	for (const host of Object.values(state.hosts)) {
		const open = Object.values(host.tasks).filter(
			task => task.risk !== 'reads' && ['planned', 'running', 'unknown'].includes(task.phase),
		);
		assert.ok(open.length <= 1, 'at most one task that changes is unsettled');
		if (open.length > 0) assert.ok(host.locked, 'nothing changes without the lock');
	}
}

/** No attempt is planned twice. */
function assertOnce({events}: Path): void {
	const planned = events.flatMap(event => (event.type === 'task.planned' ? [event.task] : []));
	assert.equal(new Set(planned).size, planned.length);
}

const withoutMarks = (state: RunState) => JSON.parse(JSON.stringify(state));

/** All that a person could do, each at most once on a path where it would go round in circles. */
function answers(question: Question, used: string[], state: RunState): Intent[] {
	const isVisiting = state.hosts[question.host]!.visits.length > 0;
	const once = (intents: Intent[]) => intents.filter(intent => !used.includes(nameOf(intent)));
	switch (question.kind) {
		case 'confirm':
			return [
				{type: 'run', block: question.item.id, confirmed: question.needs},
				...once(question.item.id === 'apply/apply' ? [{type: 'abort', reason: 'enough'}] : []),
			];
		case 'manual':
			return [
				{type: 'confirm-manual', block: question.item.id},
				{type: 'skip', block: question.item.id, reason: 'known'},
			];
		case 'choice':
			return question.options.map(({section}) => ({type: 'choose', block: question.item.id, section}));
		case 'failure':
			return [
				...once([{type: 'run', block: question.item.id, confirmed: 'name'}]),
				{type: 'skip', block: question.item.id, reason: 'does not matter'},
				...once([
					...question.entries.map((section): Intent => ({type: 'visit', section})),
					...question.ways.map(({section}): Intent => ({type: 'visit', section})),
					{type: 'abort', reason: 'it failed'},
				]).filter(intent => intent.type !== 'visit' || !isVisiting),
				...once(isVisiting ? [{type: 'back'}] : []),
			];
		case 'unknown':
			return [
				{type: 'settle', block: question.item.id, end: 'done', reason: 'seen on the console'},
				{type: 'settle', block: question.item.id, end: 'failed', reason: 'seen on the console'},
			];
		case 'next':
			return [{type: 'next'}];
		default:
			throw new Error(`the test has no answer to ${question.kind}`);
	}
}
