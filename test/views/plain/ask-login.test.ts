import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {promptLogin} from '../../../source/commands/prompt-login.ts';
import type {LoginQuestion} from '../../../source/core/run/login-question.ts';
import {askLogin} from '../../../source/views/plain/ask-login.ts';
import {Prompt} from '../../../source/views/plain/prompt.ts';

const key = {
	kind: 'host-key',
	host: 'web1',
	name: 'web1.example',
	type: 'ecdsa-sha2-nistp256',
	fingerprint: 'SHA256:abcdefghijklmnopqrstuvwxyz',
} as const;
const password = {kind: 'password', host: 'web1', machine: 'root@jump:22', user: 'root', refused: 0} as const;
const prompt = {
	kind: 'prompt',
	host: 'web1',
	user: 'root',
	title: '\x1b]0;owned\x07',
	instruction: 'Touch\r\nyour token\x1b[2J',
	prompt: 'Code: ',
	isShown: false,
	refused: 0,
} as const;

/** A person who types each line once the terminal shows what it answers; Enter is theirs to type, too. */
function person(context: TestContext, typed: [shown: string, keys: string][]) {
	const keyboard = Object.assign(new PassThrough(), {
		isRaw: false,
		setRawMode(isRaw: boolean) {
			keyboard.isRaw = isRaw;
		},
	});
	const terminal = Object.assign(new PassThrough(), {columns: 80, rows: 24});
	const seen = {text: ''};
	let read = 0;
	terminal.on('data', chunk => {
		seen.text += chunk;
		const [next] = typed;
		if (!next || !seen.text.slice(read).includes(next[0])) return;
		read = seen.text.length;
		typed.shift();
		setImmediate(() => keyboard.write(next[1]));
	});
	const asking = new Prompt(keyboard, terminal, 5);
	context.after(() => asking.close());
	return {prompt: asking, seen, keyboard};
}

test('what a login asks is answered line by line', async context => {
	const cases: [question: LoginQuestion, typed: [string, string][], answer: string][] = [
		[key, [['(yes/no)', 'yes\n']], 'taken'],
		[key, [['(yes/no)', 'no\n']], 'none'],
		[
			key,
			[
				['(yes/no)', 'y\n'],
				['type yes, or no', ''],
				['(yes/no)', 'yes\n'],
			],
			'taken',
		],
		[
			key,
			[
				['(yes/no)', '\x1b[200~yes\x1b[201~\n'],
				['(yes/no)', 'no\n'],
			],
			'none',
		],
		[password, [['Enter alone: none', 'sesame\r']], 'sesame'],
		[password, [['Enter alone: none', 'sesamx\x7fe\r']], 'sesame'],
		[password, [['Enter alone: none', '\r']], 'none'],
		[password, [['Enter alone: none', '\x04']], 'none'],
		[prompt, [['Code (not shown): ', '123456\r']], '123456'],
		[
			prompt,
			[
				['Code (not shown): ', '\r'],
				['Enter once more', ''],
				['Code (not shown): ', '\r'],
			],
			'',
		],
		[{...prompt, isShown: true}, [['Code: ', '123456\n']], '123456'],
	];
	for (const [question, typed, answer] of cases) {
		const {prompt: asking, seen} = person(
			context,
			typed.filter(([, keys]) => keys !== ''),
		);
		const given = await askLogin(question, asking, AbortSignal.timeout(5000));
		const words = given === true ? 'taken' : given === undefined ? 'none' : Buffer.from(given).toString();
		assert.equal(words, answer, seen.text);
		for (const [shown] of typed) assert.ok(seen.text.includes(shown), seen.text);
		assert.doesNotMatch(seen.text, /sesame|owned\x07|\x1b\[2J/);
	}
});

test('a person is told who asks, which key it is and where to look, and how often it was refused', async context => {
	const words = async (question: LoginQuestion) => {
		const asking = person(context, [['', '']]);
		await askLogin(question, asking.prompt, AbortSignal.timeout(30)).catch(() => undefined);
		return asking.seen.text.replaceAll(/\s+/g, ' ');
	};
	const shown = await words(key);
	assert.match(shown, /web1 shows a host key that is not known here. known as web1.example type ecdsa-sha2-nistp256/);
	assert.match(
		shown,
		/fingerprint SHA256:abcdefghijklmnopqrstuvwxyz .*ssh-keygen -lf \/etc\/ssh\/ssh_host_ecdsa_key.pub/,
	);
	assert.match(await words(password), /root@jump:22, the jump host on the way to web1, asks for a password/);
	assert.doesNotMatch(await words({...password, refused: 1}), /lock the account/);
	assert.match(await words({...password, refused: 2}), /Refused 2 times. One more wrong answer may lock the account/);
	const passphrase = await words({kind: 'passphrase', host: 'web1', file: '/k\x1b[2J', refused: 2});
	assert.match(passphrase, /Refused 2 times: it did not open the key.*Passphrase of \/k\ufffd\[2J/);
	const long = await words({...prompt, instruction: 'line\n'.repeat(9000), prompt: 'p'.repeat(9000)});
	assert.match(long, /\.\.\. 8992 lines more/);
	assert.ok(long.length < 1000);
});

test('what was typed before a question is no answer to it', async context => {
	const {prompt: asking, keyboard} = person(context, [['Enter alone: none', 'sesame\r']]);
	keyboard.write('a reason that was being written\r');
	const given = await askLogin(password, asking, AbortSignal.timeout(5000));
	assert.equal(Buffer.from(given as Uint8Array).toString(), 'sesame');
});

test('a login that is over meanwhile is not answered, and nothing is thrown at it', async context => {
	const {trusts, tell} = promptLogin(person(context, []).prompt);
	assert.equal(await trusts(key, AbortSignal.timeout(20)), false);
	assert.equal(await tell(password, AbortSignal.timeout(20)), undefined);
	assert.equal(await tell(password, AbortSignal.abort()), undefined);
});

test('what is typed on when nobody waits for the secret any more is not shown, until the hands rest', async context => {
	const {prompt: asking, keyboard, seen} = person(context, []);
	const over = new AbortController();
	const asked = askLogin(password, asking, over.signal);
	while (!seen.text.includes('Enter alone: none')) await new Promise(resolve => setImmediate(resolve));
	keyboard.write('ses');
	over.abort();
	keyboard.write('ame');
	await new Promise(resolve => setImmediate(resolve));
	assert.ok(keyboard.isRaw, 'the terminal shows nothing');
	await assert.rejects(asked, {name: 'AbortError'});
	assert.equal(keyboard.isRaw, false);
});
