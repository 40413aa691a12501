import assert from 'node:assert/strict';
import {test} from 'node:test';
import {editTyped} from '../../../source/runtime/practice/edit-typed.ts';
import {until} from '../../helpers/task-host.ts';
import {never, onPractice} from './on-practice.ts';

test('what is typed is shown, and can be taken back, as on a terminal', () => {
	const cases: [keys: string, kept: string, shown: string][] = [
		['n\r', 'n\n', 'n\n'],
		['yx\x7f\r', 'y\n', 'yx\b \b\n'],
		['\x7f', '', ''],
		['abc\x15d\n', 'd\n', 'abc\b \b\b \b\b \bd\n'],
		['gr\xc3\xbc\x7fu', 'gru', 'gr\xc3\xbc\b \bu'],
		['a\x1b[A\x1bOBb', 'ab', 'ab'],
		['\x04', '\x04', ''],
	];
	for (const [keys, kept, shown] of cases) {
		let echoed = '';
		const result = editTyped('', keys, text => {
			echoed += text;
		});
		assert.deepEqual([result, echoed], [kept, shown], JSON.stringify(keys));
	}
	assert.equal(
		editTyped('one\n', '\x7f', () => undefined),
		'one\n',
	);
});

test('the practice server is typed into key by key, and says that it waits', async () => {
	const {host, specOf, follow} = await onPractice({speed: 100});
	const spec = {...specOf('read -r x; echo "<$x>"'), tty: {rows: 24, columns: 80}};
	await host.start(spec, {});
	const keyboard = await host.type(spec.task);
	assert.ok(keyboard.hasTerminal);
	const seen = await until(async () => {
		const now = await host.waits(spec.task);
		return now.reads === 'yes' && now;
	});
	assert.deepEqual(seen.terminal, {isCanonical: true, isEchoing: true});
	for (const key of 'grü\x7fün\r') keyboard.write(Buffer.from(key));
	assert.equal(await follow(spec.task), 'grü\b \bün\n<grün>\n');
	keyboard.close();
	await host.close();
});

test('control-c ends what runs on its terminal', async () => {
	const {host, specOf} = await onPractice({speed: 1});
	const spec = {...specOf('sleep 30'), tty: {rows: 24, columns: 80}};
	await host.start(spec, {});
	assert.equal((await host.waits(spec.task)).reads, 'no');
	(await host.type(spec.task)).write(Buffer.from('\x03'));
	for await (const _ of host.follow(spec.task, 0, never));
	const report = await host.ask(spec.task);
	assert.ok(report.is === 'ended' && report.exit !== 0);
	await host.close();
});
