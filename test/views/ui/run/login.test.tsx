import '../../../helpers/force-color.ts';

import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {LoginQuestion} from '../../../../source/core/run/login-question.ts';
import {NotConnected} from '../../../../source/runtime/hosts/host.ts';
import {readJournal} from '../../../../source/runtime/journal/read-journal.ts';
import {readIt, type ScreenRun, screenRun} from '../../../helpers/screen-run.ts';
import {keys} from '../../../helpers/terminal.ts';

const document = '# Patch\n## Look\n```sh {name=look risk=reads}\nlook\n```\n';
const fingerprint = 'SHA256:Zm9vYmFyYmF6cXV1eGNvcmdlZ3JhdWx0Z2FycGx5d2E';
const key = {kind: 'host-key', host: 'web1', name: '[10.0.0.5]:2222', type: 'ssh-ed25519', fingerprint} as const;
const password = {kind: 'password', host: 'web1', user: 'operator'} as const;
const code = {
	kind: 'prompt',
	host: 'web1',
	machine: 'operator@jump1:22',
	user: 'operator',
	title: 'Two factors\x1b]0;owned\x07',
	instruction: 'A code was sent to +49 ... 17\x1b[2J',
	prompt: 'Code\u202e: ',
	refused: 0,
} as const;

const answered = async ({session}: ScreenRun) => {
	const {events} = await readJournal(session.world.folder.journal);
	return events.flatMap(event => (event.type === 'login.answered' ? [{about: event.about, given: event.given}] : []));
};

for (const [columns, rows, isAscii] of [
	[80, 24, false],
	[80, 24, true],
	[40, 12, true],
] as const) {
	test(`an unknown host key is asked about on ${columns}x${rows}${isAscii ? ' in ASCII' : ''}, and y takes it once it could be read`, async context => {
		const taken: boolean[] = [];
		const run = await screenRun(context, document, {
			columns,
			rows,
			isAscii,
			table: {look: {output: 'all is well\n'}},
			async login(asks, signal) {
				taken.push(await asks.trusts(key, signal));
			},
		});
		const {terminal} = run;
		await terminal.shows('Is this the host key');
		terminal.type('y');
		terminal.type(keys.escape);
		await terminal.shows(rows > 20 ? 'y  yes' : 'space  read on');
		assert.deepEqual(taken, []);
		if (rows > 20) await terminal.shows('web1 shows a host key that is not known', '[10.0.0.5]:2222', fingerprint);
		if (isAscii) assert.doesNotMatch(terminal.text, /[^\x00-\x7f]/);
		await readIt();
		for (let page = 0; page < 9 && terminal.text.includes('read on'); page++) {
			const before = terminal.text;
			terminal.type(' ');
			await terminal.until(text => text !== before);
		}
		terminal.type('y');
		await terminal.shows('Enter runs it');
		assert.deepEqual(taken, [true]);
		assert.deepEqual(await answered(run), [
			{about: {kind: 'host-key', name: key.name, type: key.type, fingerprint}, given: true},
		]);
	});
}

test('a host key that is declined ends the session, and nothing was run', async context => {
	const run = await screenRun(context, document, {
		async login(asks, signal) {
			if (!(await asks.trusts(key, signal))) throw new NotConnected('web1: its host key is not known', 'Compare it.');
		},
	});
	await run.terminal.shows('y  yes');
	run.terminal.type(keys.escape);
	await run.session.until(() => run.session.stopped !== undefined);
	assert.equal(run.session.stopped?.exitCode, 4);
	assert.deepEqual(
		(await answered(run)).map(({given}) => given),
		[false],
	);
});

test('a password is typed unseen, counted when it is refused, and warned of before the third try', async context => {
	const told: (string | undefined)[] = [];
	const run = await screenRun(context, document, {
		table: {look: {output: 'it is hunter2-long\n'}},
		async login(asks, signal) {
			for (let refused = 0; refused < 3; refused++) {
				const bytes = await asks.tell({...password, refused}, signal);
				told.push(bytes && Buffer.from(bytes).toString());
				if (refused === 2) asks.mask?.(bytes!);
				bytes?.fill(0);
			}
		},
	});
	const {terminal} = run;
	await terminal.shows('To connect to web1', 'Password of operator on web1:', 'It is not shown');
	terminal.type(`early${keys.enter}`);
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('! nothing was typed');
	terminal.type('sesame one');
	terminal.type(keys.enter);
	await terminal.shows('Refused once.');
	assert.doesNotMatch(terminal.written, /sesame|early/);
	await readIt();
	terminal.resize(100, 30);
	terminal.type(`wrong${keys.control('u')}`);
	terminal.type('two');
	terminal.type(keys.enter);
	await terminal.shows('Refused 2 times.', 'may lock the account');
	await readIt();
	terminal.type(keys.paste('hunter2-long\nnothing'));
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it');
	assert.deepEqual(told, ['sesame one', 'two', 'hunter2-long']);
	terminal.type(keys.enter);
	await terminal.shows('it is ***');
	assert.doesNotMatch(terminal.written, /hunter2/);
	assert.equal((await answered(run)).length, 3);
});

test("a server's own question is shown harmless, echoed where it says so, and answered with nothing only twice", async context => {
	const told: (string | undefined)[] = [];
	const run = await screenRun(context, document, {
		async login(asks, signal) {
			for (const isShown of [true, false, false]) {
				const bytes = await asks.tell({...code, isShown}, signal);
				told.push(bytes && Buffer.from(bytes).toString());
			}
		},
	});
	const {terminal} = run;
	await terminal.shows(
		'operator@jump1:22, the jump host on the way to web1, asks operator:',
		'A code was sent to +49 ... 17',
	);
	assert.doesNotMatch(terminal.written, /owned\x07|\u202e/);
	await readIt();
	terminal.type('123456');
	await terminal.shows('> 123456');
	terminal.type(keys.enter);
	await terminal.shows('It is not shown');
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('enter once more answers with nothing');
	assert.deepEqual(told, ['123456']);
	terminal.type(keys.enter);
	await terminal.until(text => text.includes('...') && told.length === 2);
	await readIt();
	terminal.type(keys.escape);
	await terminal.shows('Enter runs it');
	assert.deepEqual(told, ['123456', '', undefined]);
});

test('a reconnect in the middle of a command asks over everything, and gives back the note that was being written', async context => {
	const asked: LoginQuestion['kind'][] = [];
	let isFirst = true;
	const run = await screenRun(context, document, {
		table: {look: {output: 'one\ntwo\n', drops: [4]}},
		async login(asks, signal) {
			if (isFirst) {
				isFirst = false;
				return;
			}
			asked.push('password');
			await asks.tell({...password, refused: 0}, signal);
		},
	});
	const {terminal, host} = run;
	await terminal.shows('Enter runs it');
	terminal.type('m');
	await terminal.shows('Note');
	terminal.type('half a n');
	await terminal.shows('half a n');
	await run.session.tell({type: 'run', block: 'look/look', confirmed: 'enter'});
	await terminal.shows('CONNECTION LOST', 'answer the login', 'Password of operator');
	terminal.type('ote');
	await readIt();
	terminal.type('sesame');
	terminal.type(keys.enter);
	await terminal.shows('half a n', 'two');
	assert.doesNotMatch(terminal.written, /sesame/);
	assert.deepEqual(host.started, ['look']);
	assert.deepEqual(asked, ['password']);
});

test('a login that ends while somebody types takes the rest of it, and shows none', async context => {
	const over = new AbortController();
	const run = await screenRun(context, document, {
		async login(asks) {
			await asks.tell({...password, refused: 0}, over.signal);
		},
	});
	const {terminal} = run;
	await terminal.shows('It is not shown');
	await readIt();
	terminal.type('ses');
	over.abort();
	await terminal.shows('waited no longer');
	terminal.type('mame');
	terminal.type(keys.enter);
	await terminal.shows('Enter runs it');
	assert.doesNotMatch(terminal.text, /mame/);
	assert.deepEqual(await answered(run), []);
});

test('a login that waits for a phone shows what the server says, closes by itself, and esc leaves it', async context => {
	let count = 0;
	const confirmed = new AbortController();
	const lines = ['Autopushing login request to phone...', 'waiting for the login to be confirmed (a phone, perhaps)'];
	const run = await screenRun(context, document, {
		table: {look: {output: 'one\ntwo\n', drops: [4]}},
		async login(asks) {
			if (count > 0) asks.notice?.({host: 'web1', lines: ['For the authorised only']}, new AbortController().signal);
			const left = new AbortController();
			const over = count++ === 0 ? confirmed.signal : left.signal;
			asks.notice?.({host: 'web1', lines, leave: () => left.abort()}, over);
			if (!over.aborted) await new Promise(resolve => over.addEventListener('abort', resolve, {once: true}));
			if (over === left.signal) throw new NotConnected('web1: it was left', 'Try it again.');
		},
	});
	const {terminal, session} = run;
	await terminal.shows('To connect to web1', ...lines, 'wait no longer');
	confirmed.abort();
	await terminal.shows('Enter runs it');
	await readIt();
	terminal.type(keys.enter);
	await terminal.shows('CONNECTION LOST', ...lines, 'web1: For the authorised only');
	await readIt();
	terminal.type(keys.escape);
	await terminal.shows('CONNECTION LOST', 'next try in');
	assert.ok(session.desk.declined.has('web1'), 'it is not tried again at once');
	assert.deepEqual(await answered(run), [], 'nothing was answered');
});
