import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {PlainTextStream, plainText} from '../../../source/core/text/plain-text.ts';
import {processorTime} from '../../helpers/processor-time.ts';

const table: [string, string, string][] = [
	['colours', '\x1b[1;31mE:\x1b[0m failed', 'E: failed'],
	['colons and private signs in parameters', 'a\x1b[38:2::1:2:3mb\x1b[?25lc\x1b[>4;2md', 'abcd'],
	['OSC ended by BEL', '\x1b]0;title\x07E: x', 'E: x'],
	['OSC 8 ended by ST', '\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\', 'here'],
	['OSC 52', 'a\x1b]52;c;ZXZpbA==\x07b', 'ab'],
	['DCS', 'a\x1bPq#0;2;0;0;0#0~~\x1b\\b', 'ab'],
	['DCS that passes OSC 52 through tmux', '\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\ok', 'ok'],
	['APC, PM and SOS', '\x1b_app\x1b\\a\x1b^pm\x1b\\b\x1bXsos\x1b\\c', 'abc'],
	['C1 introducers', 'a\x9b31mb\x9d0;t\x9cc\x90x\x9cd', 'abcd'],
	['a choice of character set', '\x1b(B\x1b)0a\x1b=\x1b>b\x1bc', 'ab'],
	['an OSC that never ends: the next line is seen', '\x1b]0;title\nE: failed', '\nE: failed'],
	['a CSI that never ends: what cannot belong to it is seen', '\x1b[31\nE: failed', '\nE: failed'],
	['an OSC that a new sequence ends', '\x1b]0;x\x1b[31mred', 'red'],
	['an OSC that CAN ends', '\x1b]0;x\x18seen', 'seen'],
	['ESC at the end', 'a\x1b', 'a'],
	['NUL, BEL, SO, SI, DEL', 'a\0b\x07c\x0ed\x0fe\x7ff', 'abcdef'],
	['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
	['CR overwrites', '10 %\r50 %\r100 %\n', '100 %\n'],
	['CR leaves what is longer', 'abcdef\rxy\n', 'xycdef\n'],
	['CR and erase', 'abcdef\r\x1b[Kxy\n', 'xy\n'],
	['erase all', 'abcdef\x1b[2K\rxy\n', 'xy\n'],
	['BS overwrites', 'abx\bc', 'abc'],
	['BS at the beginning', '\b\bab', 'ab'],
	['BS as in man pages', 'N\bNA\bAM\bME\bE', 'NAME'],
	['the cursor goes to a column', 'Starting x\x1b[60G[ OK ]', 'Starting x [ OK ]'],
	['the cursor goes back and forth', 'abc\x1b[2DX\x1b[1CY', 'aXcY'],
	['the cursor goes to another row', 'one\x1b[5;1Htwo', 'one\ntwo'],
	[
		"apt's progress bar in the middle of a line",
		'Unp\x1b7\x1b[24;0fProgress: [ 11%]\x1b8acking\r\nE: x',
		'Progress: [ 11%]\nUnpacking\nE: x',
	],
	['VT, FF and NEL break lines', 'a\vb\fc\x85d', 'a\nb\nc\nd'],
	['tabs and other scripts stay', 'a\tüß漢😀', 'a\tüß漢😀'],
	['an overwritten emoji is one character', '😀x\ry', 'yx'],
];

for (const [title, text, expected] of table) {
	test(`patterns see plain text: ${title}`, () => assert.equal(plainText(text), expected));
}

test('bytes that are not UTF-8 are shown as such and hide nothing', () => {
	assert.equal(plainText(new Uint8Array([0x61, 0xff, 0x62, 0xc3])), 'a\ufffdb\ufffd');
});

test('however output is cut, even within a character, the text is the same', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			...table.map(([, text]) => text),
			'\r',
			'\n',
			'\b',
			'\x1b',
			'\x1b[',
			'\x1b]',
			'ab',
			'漢',
			'\x1b7',
			'\x1b8',
		),
		fc.string({unit: 'binary', maxLength: 5}),
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 12}), fc.array(fc.nat(9), {maxLength: 40}), (pieces, sizes) => {
			const bytes = new TextEncoder().encode(pieces.join(''));
			const stream = new PlainTextStream();
			let result = '';
			let at = 0;
			for (const size of sizes) {
				result += stream.write(bytes.subarray(at, at + size));
				at += size;
			}
			result += stream.write(bytes.subarray(at)) + stream.end();
			assert.equal(result, plainText(bytes));
			assert.doesNotMatch(result, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
		}),
		{numRuns: 2000},
	);
});

test('complete lines come out at once, an unfinished one at the end', () => {
	const stream = new PlainTextStream();
	assert.deepEqual([stream.write('one\ntw'), stream.write('o\nthree'), stream.end()], ['one\n', 'two\n', 'three']);
});

const attacks: [string, string][] = [
	['a line that goes back and forth', `${'x'.repeat(60_000)}\b\by\x1b[K`],
	['columns far away', '\x1b[99999C'],
	['erasing a long line from its end', `${'x'.repeat(60_000)}\x1b[60000G\x1b[1K\x1b[K`],
	['parameters without end', '\x1b[1111111111'],
	['a string without end', '\x1b]xxxxxxxxxx'],
	['carriage returns on a long line', 'xxxxxxxxxx\rx'],
	['saving and restoring', '\x1b7\x1b[1;1Hx\x1b8'],
];

for (const [title, unit] of attacks) {
	test(`time and memory grow no faster than the output: ${title}`, () => {
		const time = (length: number) => {
			const text = unit.repeat(Math.ceil(length / unit.length));
			return processorTime(() => assert.ok(plainText(text).length <= text.length));
		};
		time(100_000);
		const [small, large] = [time(250_000), time(2_000_000)];
		assert.ok(large < 8 * 8 * Math.max(small, 5), `${small} ms, then ${large} ms for 8 times as much`);
	});
}
