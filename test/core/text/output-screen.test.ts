import assert from 'node:assert/strict';
import {test} from 'node:test';
import {OutputScreen} from '../../../source/core/text/output-screen.ts';
import {rowText} from '../../../source/core/text/row.ts';

async function drawn(text: string | Uint8Array, columns = 40): Promise<OutputScreen> {
	const screen = new OutputScreen(columns);
	screen.push(typeof text === 'string' ? Buffer.from(text) : text);
	await screen.draw();
	return screen;
}

const linesOf = (screen: OutputScreen): string[] => Array.from({length: screen.length}, (_, at) => screen.text(at));

test('output is shown as a terminal would show it', async () => {
	const cases: [string, string[]][] = [
		['one\ntwo\n', ['one', 'two']],
		['10 %\r20 %\r100 %\n', ['100 %']],
		['abc\b\bX\n', ['aXc']],
		['\x1b[31mred\x1b[0m plain\n', ['red plain']],
		['one\n\x1b[1A\x1b[2Kother\n', ['other']],
		['\x1b]0;a title\x07\x1b]52;c;aGk=\x07\x1b]8;;http://x\x07link\x1b]8;;\x07\n', ['link']],
		['\u202eevil\u200b\n', ['\ufffdevil\ufffd']],
		['\x1b]0;never ended\nplain\n', ['', 'plain']],
		['日本\n', ['日本']],
		['', []],
	];
	for (const [given, expected] of cases) assert.deepEqual(linesOf(await drawn(given)), expected, JSON.stringify(given));
});

test('colours are those that can be read on black', async () => {
	const screen = await drawn('\x1b[34mblue\x1b[1;31mred\x1b[0m\n');
	assert.deepEqual(screen.row(0), [
		{text: 'blue', colour: 'cyan'},
		{text: 'red', colour: 'red', bold: true},
	]);
});

test('a long line is wrapped, and wrapped anew for another width', async () => {
	const screen = await drawn(`${'a'.repeat(50)}\n`, 40);
	assert.equal(screen.length, 2);
	assert.ok(screen.isWrapped(1) && !screen.isWrapped(0));
	screen.resize(60);
	assert.equal(screen.length, 1);
	assert.equal(rowText(screen.row(0)), 'a'.repeat(50));
});

test('a character that comes in two pieces is one', async () => {
	const bytes = Buffer.from('日\n');
	const screen = new OutputScreen(20);
	for (const piece of [bytes.subarray(0, 2), bytes.subarray(2)]) {
		screen.push(piece);
		await screen.draw();
	}
	assert.deepEqual(linesOf(screen), ['日']);
});

test('what comes too fast is skipped to its end, says so, and keeps memory bounded', async () => {
	const screen = new OutputScreen(80);
	const chunk = Buffer.from(`\x1b]52;c;${'x'.repeat(50)}\n`.repeat(1000));
	for (let at = 0; at < 100; at++) {
		screen.push(chunk);
		assert.ok(screen.waiting < 1024 * 1024);
	}
	screen.push(Buffer.from('\nthe end\n'));
	await screen.draw();
	assert.ok(screen.skipped > 4_000_000);
	assert.equal(screen.text(screen.length - 1), 'the end');
	assert.ok(linesOf(screen).some(line => line.includes('the record has every byte')));
});

const secret = 'hunter2-Zebra';
const half = '-'.repeat(74);

/** How a program may print a secret, and what is to be seen of its lines at 80 columns. */
const hidden: [title: string, text: string, lines: string[]][] = [
	['as it is', `a ${secret} b\n`, ['a *** b']],
	['with a colour that begins inside it', `a hunter2\x1b[1;31m-Zebra b\n`, ['a ***           b']],
	['wrapped by the terminal', `${half}${secret} b\n`, [`${half}*** b`]],
	['wrapped by the terminal, with a colour in it', `${half}hunt\x1b[0mer2-Zebra b\n`, [`${half}***`, '***     b']],
	['wrapped by the program', `${half}hunter\x1b[K\r\n2-Zebra b\n`, [`${half}***`, '***     b']],
	['drawn piece by piece', 'a        -Zebra\r\x1b[2Chunter2\n', ['a ***']],
	[
		'in base64 of several lines',
		`${btoa('x'.repeat(52) + secret).replace(/.{76}/, '$&\n')}\n`,
		[`${'eHh4'.repeat(17)}eG***E=`],
	],
];

for (const [title, text, lines] of hidden) {
	test(`a secret is hidden on the screen: ${title}`, async () => {
		const screen = new OutputScreen(80, {secrets: () => [secret]});
		screen.push(Buffer.from(text));
		await screen.end();
		assert.deepEqual(linesOf(screen).slice(0, lines.length), lines);
		const rows = Array.from({length: screen.length}, (_, at) => rowText(screen.row(at)));
		assert.deepEqual(rows.slice(0, lines.length), lines);
		assert.doesNotMatch(rows.join(''), /hunt|ebra/);
	});
}

test('a secret is masked wherever a piece ends, and nothing of it is drawn before it is whole', async () => {
	const screen = new OutputScreen(80, {secrets: () => [secret]});
	screen.push(Buffer.from('a hunter2'));
	await screen.draw();
	assert.deepEqual(linesOf(screen), ['a']);
	screen.push(Buffer.from('-Zebra b'));
	await screen.end();
	assert.deepEqual(linesOf(screen), ['a *** b']);
});

test('a secret that is given while its output is on the screen is hidden there too', async () => {
	const secrets: string[] = [];
	const screen = new OutputScreen(80, {secrets: () => secrets});
	screen.push(Buffer.from(`${secret}\n`));
	await screen.end();
	assert.equal(screen.text(0), secret);
	secrets.push(secret);
	assert.equal(screen.text(0), '***');
});

test('the end of a secret that was skipped is masked behind the gap', async () => {
	const screen = new OutputScreen(80, {secrets: () => [`a-${'long'.repeat(40)}-${secret}`]});
	screen.push(Buffer.from(`${'x'.repeat(79)}\n`.repeat(10_000)));
	screen.push(Buffer.from(`\n${'long'.repeat(20)}\nlong-${secret} b\nplain\n`));
	screen.push(Buffer.from('y'.repeat(64 * 1024 - 130)));
	await screen.end();
	const lines = linesOf(screen);
	const gap = lines.findIndex(line => line.includes('too fast'));
	assert.deepEqual(lines.slice(gap + 1, gap + 5), ['', '***', '*** b', 'plain']);
});
