import assert from 'node:assert/strict';
import {test} from 'node:test';
import {glyphOf, glyphs, type StepState} from '../../../source/core/text/glyphs.ts';

const states = Object.keys(glyphs) as StepState[];

test('each state has a word, a glyph and an ASCII twin of its own, so that colour is never needed to tell them apart', () => {
	for (const key of ['word', 'glyph', 'ascii'] as const) {
		assert.equal(new Set(states.map(state => glyphs[state][key])).size, states.length, key);
	}
	for (const {ascii, glyph} of Object.values(glyphs)) {
		assert.match(ascii, /^[!-~]$/);
		assert.equal([...glyph].length, 1);
	}
});

test('a terminal without UTF-8 gets the ASCII twin', () => {
	assert.deepEqual([glyphOf('done', false), glyphOf('done', true)], ['✔', 'v']);
});
