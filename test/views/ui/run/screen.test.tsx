import '../../../helpers/force-color.ts';

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Failure} from '../../../../source/core/text/failure.ts';
import {openScreen} from '../../../../source/views/ui/open-screen.tsx';
import {readIt, screenRun} from '../../../helpers/screen-run.ts';
import {keys, TestTerminal} from '../../../helpers/terminal.ts';

const document = `# Patch
## Before
Tell everybody. It is **important**.

- [ ] The owner knows
## During
\`\`\`sh {name=look risk=reads}
look
\`\`\`
\`\`\`sh {name=apply}
apply
\`\`\`
\`\`\`sh {name=restart risk=disrupts}
restart
\`\`\`
## Rollback Options
### Downgrade
\`\`\`sh {available}
can-downgrade
\`\`\`
\`\`\`sh {name=downgrade risk=changes}
downgrade
\`\`\`
## Troubleshooting
### Interrupted
\`\`\`text {symptom}
was interrupted
\`\`\`
\`\`\`sh {name=configure risk=reads}
configure
\`\`\`
`;

const Broken = () => {
	throw new Error('a component broke');
};

const table = {
	look: {output: 'two updates\n'},
	apply: {output: 'applied\n'},
	restart: {output: 'restarted\n'},
	'can-downgrade': {stdout: 'the old versions are there\n'},
	downgrade: {output: 'downgraded\n'},
	configure: {output: 'configured\n'},
};

test('a run is walked by keys to its end, and the terminal is as before', async context => {
	const {terminal, session, left, host} = await screenRun(context, document, {table});
	await terminal.shows('The owner knows', 'y when it is done', 'PRACTICE', 'PRODUCTION');
	assert.ok(terminal.isAlternate && terminal.isRaw);
	terminal.type('y');
	await terminal.shows('read it first');
	await readIt();
	terminal.type('y');
	await terminal.shows('Enter runs it: it only reads');
	terminal.type(keys.enter);
	await terminal.shows('two updates', 'Enter asks, then y runs it');
	terminal.type(keys.enter);
	await terminal.shows('Run during/apply: it changes');
	terminal.type('y');
	await terminal.shows('...');
	assert.deepEqual(host.started, ['look'], 'a y that was typed before the dialog could be read counts for nothing');
	await terminal.shows('y  yes');
	terminal.type('y');
	await terminal.shows("Enter asks for the host's name");
	terminal.type(keys.enter);
	await terminal.shows('Type fake1 and Enter');
	await readIt();
	terminal.type(`web1${keys.enter}`);
	await terminal.shows('Enter: web1');
	terminal.type(keys.enter);
	await terminal.shows('that is not fake1');
	terminal.type('fake1');
	await terminal.shows('Enter: fake1');
	terminal.type(keys.enter);
	await terminal.shows('The run is completed', 'handrail report');
	assert.equal(session.state.ended, 'completed');
	terminal.type('q');
	await terminal.shows('Leave?', 'y  yes');
	terminal.type('y');
	await left;
	assert.ok(!terminal.isAlternate && !terminal.isRaw);
	assert.deepEqual(host.started, ['look', 'apply', 'restart']);
});

test('what failed is shown with its last lines, the entry that matches it, and the way back', async context => {
	const failing = {...table, apply: {output: 'E: dpkg was interrupted\n', exit: 100}};
	const {terminal, session} = await screenRun(context, document, {table: failing});
	await terminal.shows('The owner knows');
	await readIt();
	terminal.type('y');
	await terminal.shows('Enter runs it');
	terminal.type(keys.enter);
	await terminal.shows('Enter asks, then y runs it');
	terminal.type(keys.enter);
	await terminal.shows('y  yes');
	terminal.type('y');
	await terminal.shows(
		'FAILED during/apply (exit 100',
		'E: dpkg was interrupted',
		'its output matches: Interrupted',
		'the old versions are there',
	);
	terminal.type('t');
	await terminal.shows('its symptom is in the output');
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('visit', 'Enter runs it');
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('FAILED during/apply');
	terminal.type('b');
	await terminal.shows('Ways back', 'available: the old versions are there');
	await readIt();
	terminal.type('1');
	await terminal.shows('visit', 'Enter asks');
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('y  yes');
	terminal.type('y');
	await terminal.shows('ROLLED BACK');
	assert.equal(session.state.ended, 'rolled-back');
});

for (const [columns, rows] of [
	[80, 24],
	[120, 40],
	[60, 20],
	[40, 10],
	[200, 60],
] as const) {
	test(`at ${columns}x${rows} the question, help and leave are on the screen, and no frame is taller than it`, async context => {
		const {terminal} = await screenRun(context, document, {table, columns, rows});
		await terminal.shows('y when it is done', '? help', 'q leave', 'PRACTICE');
		assert.equal(terminal.emulator.buffer.active.baseY, 0, 'nothing scrolled');
		assert.ok(terminal.lines.every(line => line.length <= columns));
	});
}

test('every view is drawn anew at the new size', async context => {
	const {terminal} = await screenRun(context, document, {table});
	await terminal.shows('y when it is done');
	const views = [
		{open: '', shows: 'The owner knows', close: ''},
		{open: '?', shows: 'confirm that a manual item', close: keys.enter},
		{open: 'm', shows: 'It stands in the record', close: keys.escape},
		{open: 'b', shows: 'Ways back', close: keys.escape},
		{open: 'q', shows: 'Leave?', close: keys.escape},
	];
	for (const {open, shows, close} of views) {
		terminal.resize(80, 24);
		if (open) terminal.type(open);
		await terminal.shows(shows, 'PRACTICE');
		for (const [columns, rows] of [
			[60, 20],
			[120, 40],
			[80, 24],
		] as const) {
			terminal.resize(columns, rows);
			await terminal.until(text => text.includes(shows) && text.split('\n')[0]!.length >= columns - 1);
			assert.equal(terminal.emulator.buffer.active.baseY, 0, 'nothing scrolled');
		}
		if (close) terminal.type(close);
		await terminal.until(text => !open || !text.includes(shows));
	}
});

test('with colours the ways to go on are coloured', async context => {
	const {terminal} = await screenRun(context, document, {table});
	await terminal.shows('y when it is done');
	assert.match(terminal.written, /\x1b\[33m/);
});

test('with NO_COLOR no colour is sent, and every state has a word or a glyph', async context => {
	const {terminal} = await screenRun(context, document, {table, isPlain: true});
	await terminal.shows('y when it is done');
	assert.doesNotMatch(terminal.written, /\x1b\[(?:3|4|9)[0-8](?:;\d+)*m/);
	assert.match(terminal.written, /\x1b\[7m/, 'inverse is no colour');
});

test('the output is read in full: it stands still, is searched and filtered, and tells where it is saved', async context => {
	const lines = Array.from({length: 200}, (_, at) => `line ${at + 1}${at === 99 ? ' ERROR here' : ''}`);
	const {terminal} = await screenRun(context, document, {table: {...table, look: {output: `${lines.join('\n')}\n`}}});
	await terminal.shows('y when it is done');
	await readIt();
	terminal.type('y');
	await terminal.shows('Enter runs it');
	terminal.type(keys.enter);
	await terminal.shows('line 200', 'Enter asks');
	terminal.type('o');
	await terminal.shows('lines 181-200 of 200, at the end', 'PRACTICE');
	terminal.type(keys.pageUp);
	await terminal.shows('lines 171-190 of 200, standing still');
	terminal.type('/');
	await terminal.shows('Search');
	terminal.type(`error${keys.enter}`);
	await terminal.shows('line 100 ERROR here', 'search "error"');
	assert.match(terminal.written, /\x1b\[7m(?:\x1b\[1m)?ERROR/);
	terminal.type('&');
	await terminal.shows('Only lines that have');
	terminal.type(`line 15${keys.enter}`);
	await terminal.shows('line 13', 'line 15', '--', 'line 148');
	terminal.type('s');
	await terminal.shows('every byte is in');
	terminal.type('c');
	await terminal.shows('given to the clipboard');
	assert.match(terminal.written, /\x1b\]52;c;[A-Za-z0-9+/=]+\x07/);
	terminal.type('q');
	await terminal.shows('Enter asks');
});

test('an option of a choice is taken by its number, once it could be read', async context => {
	const markdown =
		'# C\n## How?\n- [Fast](#fast) when it hurries\n- [Slow](#slow)\n### Fast\n```sh {name=fast}\nfast\n```\n### Slow\n```sh {name=slow}\nslow\n```\n';
	const {terminal} = await screenRun(context, markdown);
	await terminal.shows('Choose by number');
	terminal.type('2');
	await terminal.shows('only just drawn');
	await readIt();
	terminal.type('7');
	await terminal.shows('there are 2 options');
	terminal.type('2');
	await terminal.shows('slow', 'Enter asks');
});

test('a command that does not fit must have been scrolled through before y counts', async context => {
	const script = Array.from({length: 60}, (_, at) => `echo ${at}`).join('\n');
	const {terminal, host} = await screenRun(context, `# L\n## A\n\`\`\`sh {name=long}\n${script}\n\`\`\`\n`, {
		table: {[script]: {output: 'ran\n'}},
	});
	await terminal.shows('Enter asks');
	terminal.type(keys.enter);
	await terminal.shows('space  read on');
	await readIt();
	terminal.type('y');
	await terminal.shows('scroll through all of it first');
	assert.deepEqual(host.started, []);
	while (!terminal.text.includes('y  yes')) {
		const before = terminal.text;
		terminal.type(' ');
		await terminal.until(text => text !== before);
	}
	terminal.type('y');
	await terminal.shows('ran');
});

test('what the document runs by itself is agreed to on a page of its own', async context => {
	const {terminal, session} = await screenRun(context, document, {table, trusted: false});
	await terminal.shows('Before it begins', 'can-downgrade');
	await readIt();
	terminal.type('y');
	await terminal.shows('y when it is done');
	assert.ok(session.state.trusted);
});

test('a signal leaves the screen, and so does an error in it, which is thrown on', async context => {
	const signalled = await screenRun(context, document, {table});
	await signalled.terminal.shows('The owner knows');
	signalled.leave.abort();
	await signalled.left;
	assert.ok(!signalled.terminal.isAlternate && !signalled.terminal.isRaw);

	const terminal = new TestTerminal();
	const {stdout, stdin, stderr} = terminal;
	const open = openScreen({stdout, stdin, stderr, isPlain: false, isAscii: false}, new AbortController().signal, () => (
		<Broken />
	));
	await assert.rejects(open, /a component broke/);
	assert.ok(!terminal.isAlternate && !terminal.isRaw);
});

test('what others print to standard error appears once the screen is gone', async context => {
	const {terminal, left, leave} = await screenRun(context, document, {table});
	await terminal.shows('The owner knows');
	terminal.stderr.write('a warning\n');
	assert.equal(terminal.errors, '');
	leave.abort();
	await left;
	assert.equal(terminal.errors, 'a warning\n');
});

test('a connection that is lost is said with the time, and so is a record that cannot be written', async context => {
	const {terminal, session, host} = await screenRun(context, document, {table});
	await terminal.shows('y when it is done');
	host.isDown = true;
	await session.observe('web1', {type: 'link-lost', why: 'cut'});
	await terminal.shows('CONNECTION LOST since ');
	await terminal.shows('next try in');
	session.stop(
		new Failure(`the host is gone: ${'it shows a key that nobody knows, '.repeat(4)}see there`, 'Look for it.', 4),
	);
	const text = await terminal.shows('STOPPED: the host is gone', 'Look for it.', 'q leaves; the run stays open.');
	assert.doesNotMatch(text, /Connecting again/);
});

test('where the locale is not UTF-8 only ASCII is sent', async context => {
	const {terminal} = await screenRun(context, document, {table, isAscii: true});
	await terminal.shows('y when it is done');
	await readIt();
	terminal.type('y');
	await terminal.shows('Enter runs it');
	terminal.type(keys.enter);
	await terminal.shows('two updates');
	assert.match(terminal.written, /^[\x00-\x7f]*$/);
});

test('between samples nothing is sent, and a sample costs little', async context => {
	const {terminal, host, session} = await screenRun(context, document, {table});
	await terminal.shows('y when it is done', '40 %');
	await readIt();
	const before = terminal.written.length;
	session.publish({kind: 'health', host: 'web1', readings: host.readings});
	await readIt();
	const cost = terminal.written.length - before;
	assert.ok(cost <= 300 * 12, `a sample every 50 ms for half a second, at most 300 bytes each: ${cost}`);
});

test('pasted text never acts as a key, and is text in a field', async context => {
	const {terminal, session} = await screenRun(context, document, {table});
	await terminal.shows('y when it is done');
	await readIt();
	terminal.type(keys.paste('y'));
	await terminal.shows('what is pasted is no key');
	terminal.type('m');
	await terminal.shows('Note');
	terminal.type(keys.paste('seen by the owner\nand more'));
	await terminal.shows('> seen by the owner');
	terminal.type(keys.enter);
	await terminal.until(text => !text.includes('> seen'));
	assert.equal(Object.keys(session.state.hosts['web1']!.blocks).length, 0);
});

test('hostile titles and output are shown, never obeyed', async context => {
	const evil = '\x1b]52;c;aGk=\x07\x1b]8;;http://evil\x07link\x1b]0;title\x07\u202etxt\x9b31m';
	const markdown = `# Evil\n## Be${evil}gin\n\n\`\`\`sh {name=look risk=reads}\nlook\n\`\`\`\n\n\`\`\`sh {name=more}\nmore ${evil}\n\`\`\`\n`;
	const {terminal} = await screenRun(context, markdown, {table: {look: {output: `${evil}\nplain\n`}}});
	await terminal.shows('Enter runs it');
	terminal.type(keys.enter);
	await terminal.shows('plain', 'Enter asks');
	terminal.type(keys.enter);
	await terminal.shows('y  yes');
	assert.doesNotMatch(terminal.written, /\x1b\]|\x9b|\u202e/);
});

test('a secret is never shown, neither while it is typed nor in what a command prints', async context => {
	const markdown = `---\nhandrail: 1\ninputs: {PASSWORD: {prompt: Which one?, secret: true}}\n---\n# S\n## A\n\`\`\`sh {name=use risk=reads}\nuse "$PASSWORD"\n\`\`\`\n\`\`\`sh {name=more}\nmore\n\`\`\`\n`;
	const {terminal, session} = await screenRun(context, markdown, {
		table: {'use "$PASSWORD"': {output: 'it is tr0ub4dor&3!\nfine\n'}},
	});
	await terminal.shows('Which one?', 'not shown');
	terminal.type('tr0ub4dor&4');
	terminal.type(keys.backspace);
	terminal.type('3!');
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it');
	assert.deepEqual(session.secrets.all(), ['tr0ub4dor&3!']);
	terminal.type(keys.enter);
	await terminal.shows('it is ***', 'fine');
	assert.doesNotMatch(terminal.written, /tr0ub/);
});

test('the password for sudo is asked for, not shown, and before the third try a lock-out is warned of', async context => {
	const markdown = '# S\n## A\n```sh {name=use risk=reads}\nsudo id\n```\n';
	const {terminal, host} = await screenRun(context, markdown, {
		table: {'sudo id': {output: 'all with hunter2-zebra\n'}},
		sudoPassword: 'hunter2-zebra',
	});
	await terminal.shows('sudo on web1: the password of ada', 'It is tried at once');
	terminal.type('wrong-one');
	terminal.type(keys.enter);
	await terminal.shows('sudo did not take it.');
	terminal.type('wrong-two');
	terminal.type(keys.enter);
	await terminal.shows('2 in a row', 'LOCK');
	terminal.type('hunter2-zebra');
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it');
	assert.deepEqual(host.tried, ['wrong-one', 'wrong-two', 'hunter2-zebra']);
	terminal.type(keys.enter);
	await terminal.shows('all with ***');
	assert.doesNotMatch(terminal.written, /hunter2|wrong-/);
});

test('a stray Enter does not mean to go on without a password for sudo, two do', async context => {
	const markdown = '# S\n## A\n```sh {name=use risk=reads}\nsudo id\n```\n';
	const {terminal, host} = await screenRun(context, markdown, {table: {'sudo id': {}}, sudoPassword: 'x'});
	await terminal.shows('the password of ada', 'It is tried at once');
	terminal.type(keys.enter);
	await terminal.shows('nothing was typed: enter once more');
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it');
	assert.deepEqual(host.tried, []);
});

test('a value that does not match is kept, to be mended', async context => {
	const markdown = `---\nhandrail: 1\ninputs: {DAYS: {prompt: How many days?, pattern: "^[0-9]+$"}}\n---\n# S\n## A\n\`\`\`sh {name=use risk=reads}\nuse $DAYS\n\`\`\`\n`;
	const {terminal} = await screenRun(context, markdown, {table: {'use $DAYS': {output: 'fine\n'}}});
	await terminal.shows('How many days?', 'must match');
	terminal.type('soon');
	await terminal.shows('> soon');
	terminal.type(keys.enter);
	await terminal.shows('DAYS must match', '> soon');
	terminal.type(keys.control('u'));
	terminal.type('3');
	await terminal.until(text => text.includes('> 3') && !text.includes('soon'));
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it', 'DAYS=3');
});

test('a flood of output costs few bytes, keys are answered meanwhile, and its end is shown', async context => {
	const {terminal, session, host} = await screenRun(context, document, {table: {...table, look: {hangs: true}}});
	await terminal.shows('y when it is done');
	await readIt();
	terminal.type('y');
	await terminal.shows('Enter runs it');
	terminal.type(keys.enter);
	await terminal.shows('running 00:');
	const [task] = Object.keys(session.state.hosts['web1']!.tasks);
	const before = terminal.written.length;
	const began = performance.now();
	for (let round = 0; round < 40; round++) {
		const lines = Array.from({length: 3000}, (_, at) => `${Math.random()} of line ${round * 3000 + at}`);
		const bytes = Buffer.from(`${lines.join('\n')}\n`);
		session.publish({kind: 'output', host: 'web1', task: task!, bytes});
		await new Promise(resolve => setTimeout(resolve, 20));
	}
	terminal.type('?');
	await terminal.shows('confirm that a manual item');
	terminal.type(keys.enter);
	session.publish({kind: 'output', host: 'web1', task: task!, bytes: Buffer.from('the last line\n')});
	await terminal.shows('the last line');
	const seconds = (performance.now() - began) / 1000;
	const rate = (terminal.written.length - before) / seconds;
	assert.ok(rate < 15_000, `${Math.round(rate)} bytes a second`);
	host.finish('look');
	await terminal.shows('Enter asks');
});
