import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {RunSummary} from '../../../../source/core/run/run-summary.ts';
import {rowText, rowWidth} from '../../../../source/core/text/row.ts';
import type {Home} from '../../../../source/views/ui/home/home.ts';
import {homeRows} from '../../../../source/views/ui/home/home-rows.ts';
import {type HomePressed, initialHome, pressHome} from '../../../../source/views/ui/home/press-home.ts';

const run = (id: string, changes: Partial<RunSummary>): RunSummary => ({
	id,
	title: 'Patch',
	hosts: ['web1'],
	state: 'open',
	started: '2026-11-22T01:02:03Z',
	ended: null,
	end: null,
	runbook: 'r.md',
	sha256: null,
	driven: null,
	problem: null,
	...changes,
});

const home: Home = {
	runbooks: [
		{name: 'mine.md', title: 'Mine', isBundled: false},
		{name: 'linux-patching', title: 'Linux patching', isBundled: true},
	],
	scenarios: [{name: 'calm', title: 'A calm night'}],
	runs: [
		run('open', {}),
		run('driven', {driven: {pid: 7, login: 'anna', host: 'jump', since: ''}}),
		run('ended', {state: 'ended', end: 'rolled-back'}),
	],
};

function pressed(...keys: string[]): HomePressed {
	let last: HomePressed = {ui: initialHome};
	for (const [at, key] of keys.entries()) last = pressHome(home, last.ui, key, at * 1000);
	return last;
}

test('each line leads to what it says, and a runbook first to the question where', () => {
	const cases: [keys: string[], words: string[] | undefined][] = [
		[['return'], ['resume', 'open']],
		[['down', 'return'], undefined],
		[['down', 'down', 'return'], undefined],
		[
			['down', 'down', 'return', 'return'],
			['run', 'mine.md', '-H', 'practice'],
		],
		[
			['down', 'down', 'return', 'down', 'down', 'return'],
			['run', 'mine.md', '-H', 'local'],
		],
		[
			['down', 'down', 'return', 'down', 'return', ...'web1', 'return'],
			['run', 'mine.md', '-H', 'web1'],
		],
		[['down', 'down', 'return', 'down', 'return', ...'-x', 'return'], undefined],
		[['down', 'down', 'return', 'escape', 'return', 'escape'], undefined],
		[
			['end', 'return'],
			['report', 'ended'],
		],
		[
			['end', 'up', 'return'],
			['train', 'calm'],
		],
		[['y'], undefined],
	];
	for (const [keys, words] of cases) assert.deepEqual(pressed(...keys).words, words, keys.join(' '));
	assert.match(pressed('down', 'return').ui.message!, /process 7 drives it: handrail runs watch driven/);
	assert.ok(pressed('q').leave);
	assert.equal(pressed('down', 'down', 'return', 'q').leave, undefined);
});

test('the question where takes no answer before it could be read', () => {
	const asked = pressed('down', 'down', 'return').ui;
	assert.equal(pressHome(home, asked, 'return', asked.asking!.since + 499).words, undefined);
	assert.deepEqual(pressHome(home, asked, 'return', asked.asking!.since + 500).words?.at(-1), 'practice');
});

test('the first page has exactly the size of the screen, whatever is on it', () => {
	const key = fc.constantFrom(
		'up',
		'down',
		'return',
		'escape',
		'end',
		'home',
		'a',
		'日',
		'left',
		'backspace',
		'pageDown',
	);
	const size = fc.record({columns: fc.integer({min: 1, max: 200}), rows: fc.integer({min: 1, max: 60})});
	const homes = fc.constantFrom<Home>(
		home,
		{runbooks: undefined, runs: undefined},
		{runbooks: [], runs: [], problem: 'The state folder can be read by others. '.repeat(9)},
		{runbooks: [{name: '日本.md', title: '日本語\x1b]0;x\x07'.repeat(20), isBundled: false}], runs: []},
	);
	fc.assert(
		fc.property(homes, size, fc.array(key, {maxLength: 9}), (given, {columns, rows}, keys) => {
			let ui = initialHome;
			for (const [at, each] of keys.entries()) ui = pressHome(given, ui, each, at * 1000).ui;
			const page = homeRows({home: given, ui, version: '1.2.3', columns, rows});
			assert.equal(page.length, rows);
			for (const row of page) {
				assert.ok(rowWidth(row) <= columns, JSON.stringify(rowText(row)));
				assert.doesNotMatch(rowText(row), /[\x00-\x1f]/);
			}
		}),
	);
});
