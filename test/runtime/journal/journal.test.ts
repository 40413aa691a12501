import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {appendFileSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Failure} from '../../../source/core/text/failure.ts';
import {systemClock} from '../../../source/runtime/journal/clock.ts';
import {JournalDamaged, openJournal} from '../../../source/runtime/journal/journal.ts';
import {readJournal} from '../../../source/runtime/journal/read-journal.ts';
import {ended, note, scratch, started, steadyClock} from './a-record.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);

async function recorded(context: TestContext, texts: string[] = ['one', 'two', 'three']) {
	const file = join(scratch(context), 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	for (const text of texts) await journal.append([note(text)]);
	await journal.close();
	return file;
}

test('each line carries its number and the SHA-256 of the line before', async context => {
	const lines = linesOf(await recorded(context));
	const events = lines.map(line => JSON.parse(line));
	assert.deepEqual(
		events.map(({seq, type}) => [seq, type]),
		[
			[1, 'run.started'],
			[2, 'note'],
			[3, 'note'],
			[4, 'note'],
		],
	);
	assert.equal(events[0].prev, '0'.repeat(64));
	for (const [index, {prev}] of events.entries()) if (index > 0) assert.equal(prev, sha256(lines[index - 1]!));
});

test('the journal is private to its user', async context => {
	assert.equal(statSync(await recorded(context)).mode & 0o777, 0o600);
});

test('append answers exactly what a reader will see, also of what JSON cannot say', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	const odd = {...note('\ud800 \u2028 \u0000 é'), nothing: undefined, number: Number.NaN};
	const answered = [...(await journal.append([started(), odd])), ...(await journal.append([ended]))];
	await journal.close();
	assert.deepEqual((await readJournal(file)).events, answered);
	assert.deepEqual(journal.head, (await readJournal(file)).head);
});

test('appends that overlap are written in the order of the calls', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	const texts = Array.from({length: 40}, (_, index) => String(index));
	await Promise.all(texts.map(text => journal.append([note(text), note(`${text} again`)])));
	await journal.close();
	const {events, problem} = await readJournal(file);
	assert.equal(problem, undefined);
	assert.deepEqual(
		events.slice(1).map(event => event.type === 'note' && event.text),
		texts.flatMap(text => [text, `${text} again`]),
	);
});

test('an empty batch writes nothing', async context => {
	const file = await recorded(context);
	const before = readFileSync(file);
	const journal = await openJournal(file, {clock: steadyClock()});
	assert.deepEqual(await journal.append([]), []);
	await journal.close();
	assert.deepEqual(readFileSync(file), before);
});

test('opened again it goes on where it ended, and says which boot its times count from', async context => {
	const file = await recorded(context, ['one']);
	const journal = await openJournal(file, {clock: steadyClock('boot-2')});
	assert.deepEqual(
		journal.events.map(({seq}) => seq),
		[1, 2],
	);
	await journal.append([note('two'), note('three')]);
	await journal.close();
	const {events, problem, head} = await readJournal(file);
	assert.equal(problem, undefined);
	assert.equal(head.seq, 4);
	assert.deepEqual(
		events.map(({boot}) => boot),
		['boot-1', undefined, 'boot-2', undefined],
	);
});

test('a clock that is set back changes the times and nothing else', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	const days = [3, 1, 2];
	const clock = {...steadyClock(), now: () => new Date(Date.UTC(2026, 0, days.shift()))};
	const journal = await openJournal(file, {clock});
	for (const event of [started(), note('one'), ended]) await journal.append([event]);
	await journal.close();
	const {events, problem} = await readJournal(file);
	assert.equal(problem, undefined);
	assert.deepEqual(
		events.map(({seq, at}) => [seq, at.slice(0, 10)]),
		[
			[1, '2026-01-03'],
			[2, '2026-01-01'],
			[3, '2026-01-02'],
		],
	);
});

test('the system clock has a boot and never goes back', () => {
	const {up, boot} = systemClock();
	const [first, second] = [up(), up()];
	assert.ok(Number.isSafeInteger(first) && second >= first);
	assert.match(boot, /^[0-9a-f-]{36}$/);
});

test('a torn last line is cut, kept aside word for word, and said', async context => {
	const file = await recorded(context);
	const whole = readFileSync(file);
	truncateSync(file, whole.length - 57);
	const valid = whole.subarray(0, whole.lastIndexOf(10, -2) + 1);
	const torn = whole.subarray(valid.length, -57);

	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([note('on')]);
	await journal.close();
	const last = journal.events.at(-1)!;
	assert.deepEqual(last.type === 'recovered' && [last.seq, last.host, last.bytes], [4, null, torn.length]);
	assert.deepEqual(readFileSync(`${file}.torn-4`), torn);
	assert.equal(last.type === 'recovered' && last.kept, 'journal.jsonl.torn-4');
	assert.ok(readFileSync(file).subarray(0, valid.length).equals(valid));
	const {events, problem, torn: none} = await readJournal(file);
	assert.deepEqual([problem, none.length], [undefined, 0]);
	assert.deepEqual(
		events.map(({type}) => type),
		['run.started', 'note', 'note', 'recovered', 'note'],
	);
});

test('a torn end is kept once where the program was killed before the cut, and never written over', async context => {
	const file = await recorded(context, []);
	appendFileSync(file, '{"torn');
	writeFileSync(`${file}.torn-2`, '{"torn');
	await (await openJournal(file, {clock: steadyClock()})).close();
	assert.deepEqual(
		readdirSync(join(file, '..')).filter(name => name.includes('torn')),
		['journal.jsonl.torn-2'],
	);
	const shorter = linesOf(file)[0]!;
	writeFileSync(file, `${shorter}\n{"other`);
	await (await openJournal(file, {clock: steadyClock()})).close();
	assert.equal(readFileSync(`${file}.torn-2`, 'utf8'), '{"torn');
	assert.equal(readFileSync(`${file}.torn-2-2`, 'utf8'), '{"other');
});

test('of a decision that was not written to its end nothing counts', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([started()]);
	await journal.append([note('one'), note('two'), note('three')]);
	await journal.close();
	const lines = linesOf(file);
	assert.deepEqual(
		lines.map(line => JSON.parse(line).more),
		[undefined, true, true, undefined],
	);
	for (const kept of [2, 3]) {
		writeFileSync(
			file,
			lines
				.slice(0, kept)
				.map(line => `${line}\n`)
				.join(''),
		);
		const again = await openJournal(file, {clock: steadyClock()});
		await again.close();
		assert.deepEqual(
			again.events.map(({seq, type}) => [seq, type]),
			[
				[1, 'run.started'],
				[2, 'recovered'],
			],
		);
		const aside = readFileSync(kept === 2 ? `${file}.torn-2` : `${file}.torn-2-2`, 'utf8');
		assert.equal(
			aside,
			lines
				.slice(1, kept)
				.map(line => `${line}\n`)
				.join(''),
		);
	}
});

test('a run whose first line is torn never began, and stays as it is', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	writeFileSync(file, '{"seq":1,"at":"20');
	await assert.rejects(openJournal(file, {clock: steadyClock()}), /never began/);
	assert.equal(readFileSync(file, 'utf8'), '{"seq":1,"at":"20');
});

const damages: [title: string, damage: (lines: string[]) => void, line: number, seq: number, what: RegExp][] = [
	['a changed word', lines => edit(lines, 1, 'one', 'ONE'), 3, 3, /line 3 does not continue line 2/],
	['a removed line', lines => lines.splice(1, 1), 2, 3, /line 2 \(event 3\) does not continue line 1/],
	['a repeated line', lines => lines.splice(2, 0, lines[1]!), 3, 2, /line 3 \(event 2\) does not continue line 2/],
	['two lines that changed places', lines => lines.push(...lines.splice(1, 1)), 2, 3, /moved/],
	['a missing beginning', lines => lines.shift(), 1, 2, /first lines are missing/],
	['something that is no JSON', lines => lines.splice(2, 1, 'x'), 3, 3, /line 3 is no event/],
	['an empty line', lines => lines.splice(1, 0, ''), 2, 2, /line 2 is no event/],
	['a list', lines => lines.splice(1, 1, '[1]'), 2, 2, /line 2 is no event/],
	['a wrong number', lines => edit(lines, 3, '"seq":4', '"seq":5'), 4, 5, /line 4 says that it is event 5/],
	['no type', lines => edit(lines, 3, '"type"', '"tripe"'), 4, 4, /no type/],
	['another beginning', lines => edit(lines, 0, 'run.started', 'run.resumed'), 1, 1, /does not begin a run/],
	['no version', lines => edit(lines, 0, '"journal":1', '"journal":"1"'), 1, 1, /version/],
];

function edit(lines: string[], line: number, from: string, to: string) {
	assert.ok(lines[line]!.includes(from));
	lines[line] = lines[line]!.replace(from, to);
}

for (const [title, damage, line, seq, what] of damages) {
	test(`${title} is a failure that names line ${line} and event ${seq}; nothing is appended`, async context => {
		const file = await recorded(context);
		const lines = linesOf(file);
		damage(lines);
		writeFileSync(file, `${lines.join('\n')}\n`);
		const before = readFileSync(file);
		await assert.rejects(openJournal(file, {clock: steadyClock()}), (error: JournalDamaged) => {
			assert.ok(error instanceof JournalDamaged);
			assert.deepEqual([error.line, error.seq], [line, seq]);
			assert.match(error.message, what);
			assert.ok(error.message.includes(`${file}:${line}:`));
			return true;
		});
		assert.deepEqual(readFileSync(file), before);
		const reading = await readJournal(file);
		assert.deepEqual([reading.problem?.line, reading.events.length], [line, line - 1]);
	});
}

test('a journal from the future is shown, and nothing is appended to it', async context => {
	const file = join(scratch(context), 'journal.jsonl');
	const journal = await openJournal(file, {clock: steadyClock()});
	await journal.append([{...started(), journal: 2} as never, {...note('one'), type: 'note.of-2030'} as never]);
	await journal.close();
	const before = readFileSync(file);
	await assert.rejects(openJournal(file, {clock: steadyClock()}), (error: Failure) => {
		assert.ok(error instanceof Failure);
		assert.match(error.message, /newer Handrail/);
		return true;
	});
	assert.deepEqual(readFileSync(file), before);
	const reading = await readJournal(file);
	assert.deepEqual([reading.isNewer, reading.events.length, reading.problem], [true, 2, undefined]);
});

test('a line of another writer stops this one, which writes nothing over it', async context => {
	const file = await recorded(context);
	const journal = await openJournal(file, {clock: steadyClock()});
	const other = await openJournal(file, {clock: steadyClock()});
	await other.append([note('other')]);
	await assert.rejects(journal.append([note('mine')]), /Another program changed the journal/);
	await other.append([note('other again')]);
	await Promise.all([journal.close(), other.close()]);
	const {events, problem} = await readJournal(file);
	assert.deepEqual([events.length, problem], [6, undefined]);
});

test('a journal that was moved away is not written to', async context => {
	const file = await recorded(context);
	const journal = await openJournal(file, {clock: steadyClock()});
	renameSync(file, `${file}.away`);
	await assert.rejects(journal.append([note('lost')]), /it is gone/);
	renameSync(`${file}.away`, file);
	await journal.append([note('found')]);
	await journal.close();
	assert.equal((await readJournal(file)).events.length, 5);
});

test('a journal that is not there yet is empty for readers', async context => {
	const {events, head, problem} = await readJournal(join(scratch(context), 'none.jsonl'));
	assert.deepEqual([events, head.seq, problem], [[], 0, undefined]);
});

test('a folder in the place of the journal is a clear failure', async context => {
	const folder = scratch(context);
	await assert.rejects(readJournal(folder), (error: Failure) => {
		assert.ok(error instanceof Failure);
		assert.match(error.message, /cannot be read: it is a folder/);
		return true;
	});
});
