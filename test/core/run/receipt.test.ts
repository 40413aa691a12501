import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {NewEvent} from '../../../source/core/run/events.ts';
import {fold} from '../../../source/core/run/evolve.ts';
import {receiptOf} from '../../../source/core/run/receipt.ts';
import {readDocument} from '../../../source/core/runbook/read-document.ts';
import {chained} from '../../helpers/a-journal.ts';

const {runbook} = readDocument(Buffer.from('# Patch\n\n```sh\necho secret-of-the-command\n```\n'), 'patch.md');

const until = (host: string): NewEvent[] => [
	{
		host: null,
		type: 'run.started',
		journal: 1,
		handrail: '0.1.0',
		run: 'a-run',
		runbook: {title: 'Patch', file: 'patch.md', sha256: 'abc', form: 'markdown', bundled: false},
		hosts: [host],
		trusted: true,
	},
	{host: null, type: 'input.given', name: 'TICKET', value: 'CHG01234'},
	{
		host,
		type: 'host.met',
		identity: {machineId: 'f00', hostKey: 'SHA256:x', ownName: 'web1.example'},
		bootId: 'b',
		facts: {env: 'uat'},
	},
	{host, type: 'deviation', about: {kind: 'skip', block: 'patch/1'}, reason: 'why-it-was-skipped'},
	{host, type: 'values.captured', task: 't0001', values: {TX: 'captured-value'}, dropped: []},
	{host, type: 'host.ended', end: 'completed'},
];
const end: NewEvent = {host: null, type: 'run.ended', end: 'completed'};

function receipt(news: NewEvent[]) {
	const {events, head} = chained(news);
	return receiptOf(fold(runbook, events), events, head);
}

test('A receipt says what colleagues need to know of an ended run, and nothing else', () => {
	const {head} = chained([...until('web1'), end]);
	assert.deepEqual(receipt([...until('web1'), end]), {
		receipt: 1,
		run: 'a-run',
		title: 'Patch',
		runbook: 'abc',
		ticket: 'CHG01234',
		hosts: [{name: 'web1', ownName: 'web1.example', machineId: 'f00', environment: 'uat', end: 'completed'}],
		started: '2026-11-22T19:21:00.000Z',
		ended: '2026-11-22T19:21:06.000Z',
		end: 'completed',
		deviations: 1,
		head,
	});
});

test('A receipt has no command, no reason and no captured value', () => {
	const text = JSON.stringify(receipt([...until('web1'), end]));
	for (const word of ['secret-of-the-command', 'why-it-was-skipped', 'captured-value']) assert.ok(!text.includes(word));
});

test('The receipt is the same when the lock was released and a note was made after the end', () => {
	const after: NewEvent[] = [
		{host: 'web1', type: 'lock.released'},
		{host: null, type: 'note', text: 'later'},
	];
	assert.deepEqual(receipt([...until('web1'), end, ...after]), receipt([...until('web1'), end]));
});

test('The receipt of a practice run says so; of others it says nothing of it', () => {
	assert.equal(receipt([...until('practice'), end]).practice, true);
	assert.ok(!('practice' in receipt([...until('ssh:practice'), end])));
});

test('A host that was never met has no name of its own in the receipt', () => {
	const [first] = until('web1');
	const news: NewEvent[] = [first!, {...end, end: 'aborted'}];
	assert.deepEqual(receipt(news).hosts, [{name: 'web1', ownName: null, machineId: null, environment: null, end: null}]);
});

test('There is no receipt of an open run', () => {
	assert.throws(() => receipt(until('web1')), RangeError);
});
