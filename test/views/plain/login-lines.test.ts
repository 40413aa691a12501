import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noticeLines} from '../../../source/views/plain/login-lines.ts';

test('What a login says begins with whose it is, and a wait says how it is left', () => {
	const lines = ['Pushed to your phone', 'waiting'];
	assert.deepEqual(noticeLines({host: 'web1', lines}), ['web1: Pushed to your phone', 'web1: waiting']);
	assert.deepEqual(noticeLines({host: 'web1', machine: 'me@jump:22', lines}, 'ctrl-c leaves'), [
		'me@jump:22: Pushed to your phone',
		'me@jump:22: waiting; ctrl-c leaves',
	]);
});
