import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {openTrust} from '../../../source/runtime/settings/trust.ts';
import {scratch} from '../journal/a-record.ts';

const one = {sha256: '1'.repeat(64), at: '2026-11-22T19:21:00.000Z', by: 'root', file: 'patch.md'};
const two = {...one, sha256: '2'.repeat(64)};

test('what was agreed to is remembered by its hash, in a file for this user alone', async context => {
	const state = scratch(context);
	const trust = await openTrust(state);
	assert.ok(!trust.isTrusted(one.sha256));
	await trust.remember(one);
	await trust.remember(one);
	assert.ok(trust.isTrusted(one.sha256) && !trust.isTrusted(two.sha256));
	const again = await openTrust(state);
	assert.ok(again.isTrusted(one.sha256) && !again.isTrusted(two.sha256));
	const file = join(state, 'trust.jsonl');
	assert.equal(readFileSync(file, 'utf8'), `${JSON.stringify(one)}\n`);
	assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a torn or foreign line trusts nothing, and the next agreement stands on a line of its own', async context => {
	const state = scratch(context);
	const file = join(state, 'trust.jsonl');
	writeFileSync(file, `null\n{"sha256":5}\nxx\n{"sha256":"short"}\n${JSON.stringify(one).slice(0, -20)}`);
	const trust = await openTrust(state);
	for (const hash of [one.sha256, 'short', '', 'undefined']) assert.ok(!trust.isTrusted(hash));
	await trust.remember(two);
	assert.ok((await openTrust(state)).isTrusted(two.sha256));
});

test('an agreement is not written through a symbolic link', async context => {
	const state = scratch(context);
	const elsewhere = join(state, 'elsewhere');
	const trust = await openTrust(state);
	symlinkSync(elsewhere, join(state, 'trust.jsonl'));
	await assert.rejects(trust.remember(one), /The agreement cannot be kept/);
	assert.ok(!existsSync(elsewhere));
});

test('two programs may agree at the same time', async context => {
	const state = scratch(context);
	const [first, second] = [await openTrust(state), await openTrust(state)];
	await Promise.all([first.remember(one), second.remember(two)]);
	const both = await openTrust(state);
	assert.ok(both.isTrusted(one.sha256) && both.isTrusted(two.sha256));
});

test('a list that cannot be read is a clear failure, not an empty one', async context => {
	const state = scratch(context);
	if (process.geteuid?.() === 0) mkdirSync(join(state, 'trust.jsonl'));
	else {
		writeFileSync(join(state, 'trust.jsonl'), '');
		chmodSync(join(state, 'trust.jsonl'), 0);
	}
	await assert.rejects(openTrust(state), /What is trusted cannot be read: (it is a folder|permission denied)/);
});
