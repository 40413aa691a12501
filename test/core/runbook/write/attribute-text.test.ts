import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AttributeList} from '../../../../source/core/runbook/attributes/attribute-list.ts';
import {parseAttributes} from '../../../../source/core/runbook/attributes/attributes.ts';
import {attributeText} from '../../../../source/core/runbook/write/attribute-text.ts';

const table: [AttributeList, string][] = [
	[[], ''],
	[[['durable', true]], 'durable'],
	[
		[
			['name', 'apply'],
			['expect', '0,100'],
		],
		'name=apply expect=0,100',
	],
	[[['when', 'pm=apt os!=debian']], 'when="pm=apt os!=debian"'],
	[[['match', 'say "x"']], `match='say "x"'`],
	[[['loses', "it's"]], `loses="it's"`],
	[[['match', `a"b'c`]], `"match":"a\\"b'c"`],
	[[['loses', 'a --> b']], '"loses":"a --\\u003e b"'],
	[
		[
			['loses', 'two\nlines'],
			['tty', true],
		],
		'"loses":"two\\nlines","tty":true',
	],
];

for (const [attributes, text] of table) {
	test(`attributes are written as ${text || 'nothing'}, and read back`, () => {
		assert.equal(attributeText(attributes), text);
		const read = parseAttributes(text, {line: 1, column: 1}).attributes;
		assert.deepEqual(
			read.map(({key, value}) => [key, value]),
			attributes,
		);
	});
}
