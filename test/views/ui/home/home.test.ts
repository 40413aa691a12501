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
	aliases: {names: ['web1', 'db1', 'olddb', 'ssh:local'], problems: []},
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
			['down', 'down', 'return', 'down', 'return'],
			['run', 'mine.md', '-H', 'local'],
		],
		[
			['down', 'down', 'return', 'pageDown', 'return'],
			['run', 'mine.md', '-H', 'ssh:local'],
		],
		[
			['down', 'down', 'return', ...'web1', 'return'],
			['run', 'mine.md', '-H', 'web1'],
		],
		// What is typed is what is meant, though it is a part of another name.
		[
			['down', 'down', 'return', ...'db', 'return'],
			['run', 'mine.md', '-H', 'db'],
		],
		[
			['down', 'down', 'return', ...'DB', 'down', 'return'],
			['run', 'mine.md', '-H', 'db1'],
		],
		[
			['down', 'down', 'return', ...'dbx', 'down', 'backspace', 'down', 'down', 'return'],
			['run', 'mine.md', '-H', 'olddb'],
		],
		[
			['down', 'down', 'return', ...'db', 'escape', 'return'],
			['run', 'mine.md', '-H', 'practice'],
		],
		[['down', 'down', 'return', ...'-x', 'return'], undefined],
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
		{
			...home,
			aliases: {
				names: Array.from({length: 400}, (_, at) => `host-${at}-${'long'.repeat(at % 30)}`),
				problems: ['/etc/ssh/\x1b[2J cannot be read'],
			},
		},
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

test('hundreds of hosts scroll under the line that is typed, and are told how many', () => {
	const names = Array.from({length: 300}, (_, at) => `web${at}`);
	const many = {...home, aliases: {names, problems: ['/root/.ssh/x cannot be read (EACCES)']}};
	const shown = (...keys: string[]) => {
		let ui = initialHome;
		for (const [at, key] of ['down', 'down', 'return', ...keys].entries()) ui = pressHome(many, ui, key, at * 1000).ui;
		return homeRows({home: many, ui, version: '1', columns: 80, rows: 24}).map(rowText).join('\n');
	};
	assert.match(shown(), /> practice[\s\S]* web0 [\s\S]*1 to 12 of 302[\s\S]*EACCES/);
	assert.match(shown(...Array(20).fill('pageDown')), /> web198 /);
	assert.match(shown('end', 'up', 'up'), /> practice/);
	assert.match(shown(...'web29', 'down', 'down'), /Host: web29[\s\S]*web29 +over SSH[\s\S]*> web291 [\s\S]* web299 /);
	assert.match(shown(...'new'), /> new +as typed, over SSH/);
});
