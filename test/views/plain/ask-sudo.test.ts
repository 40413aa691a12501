import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {personAnswers} from '../../../source/views/plain/ask-person.ts';
import {Prompt} from '../../../source/views/plain/prompt.ts';
import {ProseReader} from '../../../source/views/plain/prose-reader.ts';
import {walkPlain} from '../../../source/views/plain/walk-plain.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost} from '../../helpers/fake-host.ts';
import {until} from '../../helpers/task-host.ts';

const markdown = '# T\n## Step\n~~~sh {name=it risk=reads}\nsudo a\n~~~\n';
const right = 'hunter2-zebra';

/** A person at a terminal: `shown` waits for words that were not seen before. */
async function atTerminal(context: TestContext) {
	const host = new FakeHost('web1', {'sudo a': {}});
	host.sudoPassword = right;
	const run = await DrivenRun.open(markdown, [host]);
	const [keyboard, paper] = [new PassThrough(), new PassThrough().setEncoding('utf8')];
	let written = '';
	let seen = 0;
	paper.on('data', text => {
		written += text;
	});
	const prompt = new Prompt(keyboard, paper, 1);
	const reading = {prose: new ProseReader(prompt), commands: new Set<string>(), outputs: new Set<string>()};
	const leaving = new AbortController();
	const walked = walkPlain(run.session, personAnswers(run.session, prompt, reading), leaving.signal);
	context.after(async () => {
		leaving.abort();
		await walked;
		prompt.close();
		await run.close();
	});
	const shown = async (words: RegExp) => {
		await until(() => words.test(written.slice(seen)));
		seen = written.length;
	};
	return {host, walked, shown, type: (line: string) => keyboard.write(`${line}\n`), written: () => written};
}

test('the password for sudo is asked for in lines, and before the third try a lock-out is warned of', async context => {
	const {host, walked, shown, type, written} = await atTerminal(context);
	await shown(/tried at once.*\n(.*\n)?sudo on web1: the password of ada \(not shown\): $/);
	type('wrong-one');
	await shown(/sudo did not take it[\s\S]*not shown\): $/);
	type('wrong-two');
	await shown(/2 in a row[\s\S]*may LOCK[\s\S]*not shown\): $/);
	type(right);
	await shown(/> $/);
	type('');
	await walked;
	assert.deepEqual(host.tried, ['wrong-one', 'wrong-two', right]);
	assert.doesNotMatch(written(), /hunter2|wrong-/);
});

test('Enter alone is asked about before it means to go on without a password for sudo', async context => {
	const {host, shown, type} = await atTerminal(context);
	await shown(/not shown\): $/);
	type('');
	await shown(/Go on without a password\? .*: $/);
	type('');
	await shown(/not shown\): $/);
	type('');
	await shown(/Go on without a password\? .*: $/);
	type('y');
	await shown(/> $/);
	assert.deepEqual(host.tried, []);
});
