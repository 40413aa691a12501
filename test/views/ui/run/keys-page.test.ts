import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {bindings} from '../../../../source/views/ui/run/keys.ts';
import {keysPage} from '../../../../source/views/ui/run/keys-page.ts';

test('the page of the keys is current; write it anew with test/helpers/write-keys.ts', () => {
	assert.equal(readFileSync(new URL('../../../../docs/keys.md', import.meta.url), 'utf8'), keysPage());
});

test('no key stands in the table twice, and help and leave are always possible', () => {
	const keys = bindings.map(({key}) => key);
	assert.deepEqual(keys, [...new Set(keys)]);
	for (const key of ['?', 'q']) {
		assert.equal(bindings.find(each => each.key === key)!.can({} as never), true);
	}
});
