import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {NewEvent} from '../../source/core/run/events.ts';
import {chained} from '../helpers/a-journal.ts';
import {Program} from '../helpers/program.ts';

/** What was done to the events of a run by hand, its chain made whole again, and what is said of it. */
const rewritten: [title: string, rewrite: (events: NewEvent[]) => NewEvent[], said: RegExp][] = [
	['without any event', () => [], /has no beginning in its journal\n {2}Where its folder `tasks` is empty,/],
	[
		'without its beginning',
		events => events.slice(1),
		/has no beginning in its journal: .*\n {2}Put back an unchanged/,
	],
	['of a host that no host is called', events => changed(events, 'host'), /do not fit together, .*\n {2}Nothing is/],
	['of a block that no block is called', events => changed(events, 'block'), /do not fit together, .*\n {2}Nothing is/],
];

const changed = (events: NewEvent[], field: 'host' | 'block') =>
	events.map(event => ((event as {[field]?: unknown})[field] ? {...event, [field]: '__proto__'} : event) as NewEvent);

test('a run whose record was rewritten is not resumed, and its record is left as it is', async context => {
	const program = new Program(context);
	const file = program.write('one.md', '# One\n\n## Step\n\n```sh { name=one risk=changes }\nexit 3\n```\n');
	assert.equal((await program.run(['run', file, '-H', 'local', '--plain', '--yes'])).code, 1);
	const [run] = await program.runs();
	const journal = join(program.state, 'runs', run!.id, 'journal.jsonl');
	const events = readFileSync(journal, 'utf8')
		.split('\n')
		.slice(0, -1)
		.map(line => {
			const {seq, at, up, boot, prev, ...event} = JSON.parse(line);
			return event as NewEvent;
		});
	for (const [title, rewrite, said] of rewritten) {
		const kept = rewrite(events);
		const lines = kept.length > 0 ? chained(kept).lines : '';
		writeFileSync(journal, lines);
		const {code, err} = await program.run(['resume', run!.id, '--plain', '--yes']);
		assert.equal(code, 1, `${title}: ${err}`);
		assert.match(err, said, title);
		assert.equal(readFileSync(journal, 'utf8'), lines, title);
	}
});
