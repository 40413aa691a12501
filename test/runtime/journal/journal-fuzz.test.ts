import assert from 'node:assert/strict';
import {hash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {Failure} from '../../../source/core/text/failure.ts';
import {openJournal} from '../../../source/runtime/journal/journal.ts';
import {emptyHead, parseLines} from '../../../source/runtime/journal/parse-lines.ts';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import {note, scratch, started, steadyClock} from './a-record.ts';

const notes = fc.array(fc.tuple(fc.string({unit: 'binary', maxLength: 40}), fc.boolean()), {maxLength: 8});

/** A valid journal of one to nine lines, as bytes; some of them were decided together with the next. */
const journals = notes.map(list => {
	let prev = emptyHead.hash;
	const events = [started(), ...list.map(([text]) => note(text))];
	const lines = events.map((event, index) => {
		const more = index > 0 && index < list.length && list[index - 1]![1] ? {more: true} : {};
		const line = JSON.stringify({seq: index + 1, at: '2026-11-22T19:21:00.000Z', up: index, ...event, ...more, prev});
		prev = hash('sha256', line);
		return `${line}\n`;
	});
	return Buffer.from(lines.join(''));
});

const place = fc.double({min: 0, max: 1, noNaN: true});
const at = (length: number, share: number) => Math.min(length, Math.floor(share * (length + 1)));

/** What a crash, a careless editor or an attacker does to a file. */
const damages = fc.oneof(
	fc.record({kind: fc.constant('cut'), from: place}),
	fc.record({kind: fc.constant('change'), from: place, to: fc.nat(255)}),
	fc.record({kind: fc.constant('insert'), from: place, bytes: fc.uint8Array({minLength: 1, maxLength: 20})}),
	fc.record({kind: fc.constant('remove'), from: place, count: fc.integer({min: 1, max: 300})}),
	fc.record({kind: fc.constant('swap'), one: place, other: place}),
	fc.record({kind: fc.constant('repeat'), one: place, other: place}),
	fc.record({kind: fc.constant('delete'), one: place}),
);
type Damage = typeof damages extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, damage: Damage): Buffer {
	if ('from' in damage) {
		const start = at(bytes.length, damage.from);
		const before = bytes.subarray(0, start);
		if ('to' in damage) return Buffer.concat([before, Buffer.of(damage.to), bytes.subarray(start + 1)]);
		if ('bytes' in damage) return Buffer.concat([before, damage.bytes, bytes.subarray(start)]);
		return 'count' in damage ? Buffer.concat([before, bytes.subarray(start + damage.count)]) : Buffer.from(before);
	}
	const lines = bytes.toString('latin1').split('\n').slice(0, -1);
	const one = at(lines.length - 1, damage.one);
	if ('other' in damage) {
		const other = at(lines.length - 1, damage.other);
		if (damage.kind === 'repeat') lines.splice(other, 0, lines[one]!);
		else [lines[one], lines[other]] = [lines[other]!, lines[one]!];
	} else lines.splice(one, 1);
	return Buffer.from(lines.map(line => `${line}\n`).join(''), 'latin1');
}

test('whatever happens to the bytes, readers get the valid beginning and hear of every change before the last line', () => {
	fc.assert(
		fc.property(journals, fc.array(damages, {minLength: 1, maxLength: 3}), (original, list) => {
			const bytes = list.reduce(damaged, original);
			const whole = parseLines(original);
			const {events, length, head, problem} = parseLines(bytes);
			// A change in a last line shows only by the head: so of n events, the first n - 1 are surely the original's.
			const sure = events.length - (head.hash === headOf(whole.events, events.length, whole.head) ? 0 : 1);
			assert.deepEqual(events.slice(0, sure), whole.events.slice(0, sure));
			assert.ok(length <= bytes.length);
			if (problem) {
				assert.ok(problem.line > events.length);
				assert.ok(Number.isSafeInteger(problem.seq) && problem.what !== '');
				return;
			}
			// What is left over is a part of a line, or of a decision.
			for (const line of bytes.subarray(length).toString().split('\n').slice(0, -1)) assert.ok(JSON.parse(line).more);
			if (head.hash === whole.head.hash) assert.ok(bytes.subarray(0, length).equals(original));
		}),
		{numRuns: 3000},
	);
});

/** The original's head after so many events. */
const headOf = (events: {prev: string}[], count: number, last: {hash: string}) =>
	count === events.length ? last.hash : events[count]?.prev;

test('whatever happens to the file, it is opened and goes on validly, or refused in words and left as it is', async context => {
	const folder = scratch(context);
	let number = 0;
	await fc.assert(
		fc.asyncProperty(journals, damages, async (original, damage) => {
			const file = join(folder, `${number++}.jsonl`);
			const bytes = damaged(original, damage);
			writeFileSync(file, bytes);
			const before = parseLines(bytes);
			try {
				const journal = await openJournal(file, {clock: steadyClock()});
				await journal.append([before.events.length === 0 ? started() : note('on')]);
				await journal.close();
			} catch (error) {
				assert.ok(error instanceof Failure, String(error));
				assert.doesNotMatch(error.message, /\n\s+at |undefined/);
				assert.ok(readFileSync(file).equals(bytes));
				return;
			}
			assert.equal(before.problem, undefined);
			assert.ok(readFileSync(file).subarray(0, before.length).equals(bytes.subarray(0, before.length)));
			const after = await readJournal(file);
			assert.equal(after.problem, undefined);
			const torn = bytes.length - before.length;
			assert.equal(after.events.length, before.events.length + (torn > 0 ? 2 : 1));
		}),
		{numRuns: 150},
	);
});
