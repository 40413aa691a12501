import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {visible, visibleLine} from '../../../source/core/text/filter.ts';

/** Title, text, as text, on a line. */
const hostile: [string, string, string, string][] = [
	['ordinary text', 'Überprüfen: 漢字 ✔ 🇩🇪', 'Überprüfen: 漢字 ✔ 🇩🇪', 'Überprüfen: 漢字 ✔ 🇩🇪'],
	['tabs and line feeds', 'a\tb\nc', 'a\tb\nc', 'a b c'],
	['CRLF', 'a\r\nb', 'a\nb', 'a b'],
	['a carriage return that would overwrite', 'rm -rf /\rls', 'rm -rf /�ls', 'rm -rf / ls'],
	['NUL, BS and DEL', 'a\0b\bc\x7f', 'a�b�c�', 'a�b�c�'],
	['a coloured text', '\x1b[31mred\x1b[0m', '�[31mred�[0m', '�[31mred�[0m'],
	['OSC 52, which would fill the clipboard', '\x1b]52;c;ZXZpbA==\x07', '�]52;c;ZXZpbA==�', '�]52;c;ZXZpbA==�'],
	['OSC 8, which would hide a link', '\x1b]8;;http://evil\x1b\\ok', '�]8;;http://evil�\\ok', '�]8;;http://evil�\\ok'],
	['a C1 introducer', '\x9b2J\x9d0;title\x9c', '�2J�0;title�', '�2J�0;title�'],
	['bidi overrides', 'a\u202eb\u2066c\u2069', 'a�b�c�', 'a�b�c�'],
	['zero width', 'pay\u200bpal\ufeff\u2060', 'pay�pal��', 'pay�pal��'],
	['a soft hyphen', 'host\u00adname', 'host�name', 'host�name'],
	['line separators of Unicode', 'a\u2028b', 'a�b', 'a b'],
	['tag characters', 'a\u{e0041}b', 'a�b', 'a�b'],
	['half a pair', 'a\ud800b', 'a�b', 'a�b'],
];

for (const [title, text, expected, line] of hostile) {
	test(`nothing that a terminal obeys or the eye misses is printed of ${title}`, () => {
		assert.equal(visible(text), expected);
		assert.equal(visibleLine(text), line);
	});
}

test('whatever comes in, only tab and LF are left of the control characters, and on a line none', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 50}), text => {
			assert.doesNotMatch(visible(text), /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
			assert.doesNotMatch(visibleLine(text), /[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
			assert.equal(visible(visible(text)), visible(text));
		}),
		{numRuns: 2000},
	);
});
