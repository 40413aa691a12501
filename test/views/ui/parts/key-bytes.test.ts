import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keyBytes, pasteBytes} from '../../../../source/views/ui/parts/key-bytes.ts';

const modes = (isCursorApplication: boolean, marksPastes = false) => ({isCursorApplication, marksPastes});

test('a key reaches the command as its terminal would send it', () => {
	const cases: [title: string, key: string, usual: string, application: string][] = [
		['a letter', 'a', 'a', 'a'],
		['what is more than one byte', 'é', 'é', 'é'],
		['enter', '\r', '\r', '\r'],
		['control-c', '\x03', '\x03', '\x03'],
		['escape', '\x1b', '\x1b', '\x1b'],
		['backspace', '\x7f', '\x7f', '\x7f'],
		['up', '\x1b[A', '\x1b[A', '\x1bOA'],
		['up of a terminal in application mode', '\x1bOA', '\x1b[A', '\x1bOA'],
		['home', '\x1b[H', '\x1b[H', '\x1bOH'],
		['control-right', '\x1b[1;5C', '\x1b[1;5C', '\x1b[1;5C'],
		['page down', '\x1b[6~', '\x1b[6~', '\x1b[6~'],
		['F1', '\x1bOP', '\x1bOP', '\x1bOP'],
		['F5', '\x1b[15~', '\x1b[15~', '\x1b[15~'],
		['alt-b', '\x1bb', '\x1bb', '\x1bb'],
		['a report of focus', '\x1b[I', '', ''],
		['a click', '\x1b[<0;3;4M', '', ''],
		['where the cursor is', '\x1b[3;4R', '', ''],
		['what the terminal is', '\x1b[?1;2c', '', ''],
		['an answer about colours', '\x1b]11;rgb:0000/0000/0000\x1b\\', '', ''],
	];
	for (const [title, key, usual, application] of cases) {
		assert.equal(keyBytes(key, modes(false)), usual, title);
		assert.equal(keyBytes(key, modes(true)), application, `${title}, application mode`);
	}
});

test('what is pasted is marked where the command asked for it, and cannot end the mark itself', () => {
	assert.equal(pasteBytes('a\nb\r\n', modes(false)), 'a\rb\r');
	assert.equal(pasteBytes('a\x1b[201~rm -rf /\n', modes(false, true)), '\x1b[200~arm -rf /\r\x1b[201~');
});
