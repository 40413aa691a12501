// The screen of a task that has a terminal.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {OutputScreen} from '../../../source/core/text/output-screen.ts';
import {rowText} from '../../../source/core/text/row.ts';

async function drawn(text: string, replies: string[] = []): Promise<OutputScreen> {
	const screen = new OutputScreen(20, {rows: 4, isTerminal: true});
	screen.onReply = reply => replies.push(reply);
	screen.push(Buffer.from(text));
	await screen.draw();
	return screen;
}

const texts = (screen: OutputScreen): string[] => screen.screen().map(row => rowText(row).trimEnd());

test('each line of the screen is there, also those below the cursor', async () => {
	const screen = await drawn('one\r\n\x1b[?1049h\x1b[2J\x1b[4;1Hbottom\x1b[1;1Htop');
	assert.deepEqual(texts(screen), ['top', '', '', 'bottom']);
	assert.equal(screen.length, 4);
	screen.push(Buffer.from('\x1b[?1049l'));
	await screen.draw();
	assert.deepEqual(texts(screen), ['one', '', '', '']);
});

test('a line feed alone goes straight down on a terminal, and ends a line where there is none after all', async () => {
	assert.deepEqual(texts(await drawn('a\r\nb\nc')), ['a', 'b', ' c', '']);
	assert.deepEqual(texts(await drawn('a\nb\nc')), ['a', 'b', 'c', '']);
});

test('the cursor is inverse, unless the command hides it', async () => {
	const cursorOf = (screen: OutputScreen) =>
		screen.screen().map(row => row.map(({text, inverse}) => (inverse ? `[${text}]` : text)).join(''));
	assert.equal(cursorOf(await drawn('ab\b'))[0]!.trimEnd(), 'a[b]');
	assert.equal(cursorOf(await drawn('ab\b\x1b[?25l'))[0]!.trimEnd(), 'ab');
	assert.equal(cursorOf(await drawn('\x1b[7mab\b'))[0]!.trimEnd(), '[a]b');
});

test('both colours are kept where a command sets what is behind its text', async () => {
	const [first] = (await drawn('\x1b[?25l\x1b[37;41m<No>\x1b[0m')).screen();
	assert.deepEqual(first![0], {text: '<No>', colour: 'white', background: 'red'});
	const [blue] = (await drawn('\x1b[?25l\x1b[44m   \x1b[0m')).screen();
	assert.deepEqual(blue![0], {text: '   ', background: 'blue'});
});

test('a program learns where its cursor is and what its terminal is, and nothing that stands on the screen', async () => {
	const replies: string[] = [];
	await drawn('\x1b[2;3H\x1b[6n\x1b[5n\x1b[c\x1b[>c\x1bP$qm\x1b\\\x1b]0;rm -rf /\x07\x1b[21t\x1b]10;?\x07', replies);
	assert.deepEqual(replies.slice(0, 2), ['\x1b[2;3R', '\x1b[0n']);
	assert.equal(replies.length, 4);
	for (const reply of replies.slice(2)) assert.match(reply, /^\x1b\[[?>][\d;]+c$/);
});

test('what changes the keys is known', async () => {
	assert.deepEqual((await drawn('')).modes, {isCursorApplication: false, marksPastes: false});
	assert.deepEqual((await drawn('\x1b[?1h\x1b[?2004h')).modes, {isCursorApplication: true, marksPastes: true});
});

test('another size is taken', async () => {
	const screen = await drawn('one\r\n');
	screen.resize(30, 6);
	assert.equal(screen.screen().length, 6);
});
