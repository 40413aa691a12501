import '../../../helpers/force-color.ts';

import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {FakeReply} from '../../../helpers/fake-host.ts';
import {readIt, type ScreenRun, screenRun} from '../../../helpers/screen-run.ts';
import {keys} from '../../../helpers/terminal.ts';

const document = `# Patch
## Step
\`\`\`sh {name=edit risk=changes tty}
edit
\`\`\`
\`\`\`sh {name=ask risk=changes idle=1s}
ask
\`\`\`
- [ ] The end
`;
const leaveKey = '\x1d';

async function atEdit(context: TestContext, edit: FakeReply = {}): Promise<ScreenRun> {
	const table = {edit: {hangs: true, ...edit}, ask: {hangs: true}};
	const run = await screenRun(context, document, {table});
	await confirm(run);
	await run.terminal.shows('i answer');
	return run;
}

async function confirm({terminal}: ScreenRun): Promise<void> {
	await terminal.shows('Enter asks, then y');
	terminal.type(keys.enter);
	await terminal.shows('y  yes');
	await readIt();
	terminal.type('y');
}

async function untilTyped({host}: ScreenRun, typed: string): Promise<void> {
	const limit = performance.now() + 5000;
	while (host.typed !== typed) {
		assert.ok(performance.now() < limit, JSON.stringify(host.typed));
		await new Promise(resolve => setTimeout(resolve, 5));
	}
}

test('all keys go to the terminal of a command, as it wants them, until one named on the screen', async context => {
	const run = await atEdit(context, {output: '\x1b[?1049h\x1b[?1h\x1b[?2004h\x1b[22;70Hthe corner'});
	const {terminal, host, session} = run;
	terminal.type('i');
	const text = await terminal.shows('INTERACTION: keys go to web1; ctrl-] leaves', 'the corner');
	assert.ok(text.split('\n')[22]!.endsWith('the corner'), 'the terminal has the whole width, and all but two lines');
	for (const key of ['q', 'é', keys.up, keys.control('c'), keys.control('z'), keys.escape]) {
		terminal.type(key);
		await new Promise(resolve => setTimeout(resolve, 30));
	}
	terminal.type(keys.paste('two\nlines'));
	terminal.type('last');
	const sent = 'qé\x1bOA\x03\x1a\x1b\x1b[200~two\rlines\x1b[201~last';
	await untilTyped(run, sent);
	terminal.type(`!${leaveKey}q`);
	await terminal.shows('edit: keys act on this screen again', 'Health');
	assert.equal(host.typed, `${sent}!`);
	assert.ok(session.state.hosts['web1']!.tasks['t0001']!.phase === 'running');
	terminal.type('q');
	await terminal.shows('Leave?');
});

test('what is typed when a command ends under the hands is no key of the screen', async context => {
	const run = await atEdit(context);
	const {terminal, host} = run;
	terminal.type('i');
	await terminal.shows('INTERACTION');
	terminal.type(':q');
	await untilTyped(run, ':q');
	host.finish('edit');
	await terminal.shows('edit: it has ended');
	for (const key of ['q', 's', keys.enter]) terminal.type(key);
	await readIt();
	assert.match(terminal.text, /edit: it has ended/);
	assert.equal(host.typed, ':q');
});

test('a connection that is lost leaves the command that is answered, and says so until it is back', async context => {
	const lost = Promise.withResolvers<void>();
	const table = {edit: {hangs: true}, ask: {hangs: true}};
	const run = await screenRun(context, document, {table});
	run.host.hungUp = lost.promise;
	await confirm(run);
	await run.terminal.shows('i answer');
	run.terminal.type('i');
	await run.terminal.shows('INTERACTION');
	run.host.isDown = true;
	lost.resolve();
	await readIt();
	await run.session.observe('web1', {type: 'link-lost', why: 'cut'});
	await run.terminal.shows('edit: the connection is lost');
	run.host.isDown = false;
	await run.terminal.shows('i answer');
	await run.terminal.until(text => !text.includes('the connection is lost'));
});

test('a command without a terminal takes a line, which is not shown where it waits for a password', async context => {
	const run = await atEdit(context);
	const {terminal, host} = run;
	host.hasTerminal = false;
	terminal.type('i');
	await terminal.shows('A line for the input of step/edit');
	terminal.type('yes');
	terminal.type(keys.enter);
	await terminal.shows('the line was sent');
	assert.equal(host.typed, 'yes\n');
	host.finish('edit');
	host.stillness = {reads: 'yes'};
	await confirm(run);
	await terminal.shows('ask has been silent for long; it waits for input', 'i answer');
	terminal.type('i');
	await terminal.shows('A line for the input of step/ask');
	terminal.type(keys.enter);
	await untilTyped(run, 'yes\n\n');
	host.stillness = {terminal: {isCanonical: true, isEchoing: false}, reads: 'yes'};
	await terminal.shows('step/ask: it waits for a password; i answers it');
	terminal.type('i');
	await terminal.shows('A line, not shown, for the input of step/ask');
	terminal.type('hunter2');
	await readIt();
	assert.ok(!terminal.written.includes('hunter2'));
	terminal.type(keys.enter);
	await untilTyped(run, 'yes\n\nhunter2\r');
});

test('where nothing runs there is nothing to answer', async context => {
	const {terminal} = await screenRun(context, document, {table: {}});
	await terminal.shows('Enter asks, then y');
	terminal.type('i');
	await terminal.shows('i (answer): nothing is running that could be answered');
});
