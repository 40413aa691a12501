import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {eventTypes} from '../../source/core/run/known-event.ts';

test('the table of events names every type of event, and no other', () => {
	const text = readFileSync(new URL('../../docs/record.md', import.meta.url), 'utf8');
	const section = text.slice(text.indexOf('### Events'), text.indexOf('### What may go wrong'));
	const named = Array.from(section.matchAll(/^\| `([a-z.]+)` \|/gm), found => found[1]!);
	assert.deepEqual(named.sort(), eventTypes().sort());
});
