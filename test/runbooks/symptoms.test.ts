import assert from 'node:assert/strict';
import {test} from 'node:test';
import {around, captured, entriesFor, failures, outputOf, successes} from './symptoms.ts';

for (const [entry, names] of Object.entries(failures)) {
	test(`what package managers said leads first to its own entry: ${entry}`, () => {
		for (const name of names) assert.equal(entriesFor(outputOf(name))[0], entry, name);
	});
}

test('no output of a success looks like a failure', () => {
	for (const name of successes) assert.deepEqual(entriesFor(outputOf(name)), [], name);
	for (const manager of ['apt', 'dnf', 'zypper']) {
		assert.ok(successes.filter(name => name.startsWith(`${manager}/`)).length >= 20, manager);
	}
});

test('what is called an error among the captured outputs is in the table of failures', () => {
	const known = Object.values(failures).flat();
	assert.deepEqual(
		known.filter(name => !captured.includes(name)),
		[],
	);
	assert.deepEqual(
		captured.filter(name => name.includes('/error-') && !known.includes(name)),
		[],
	);
});

for (const [what, wrap] of around) {
	test(`each failure is recognised with ${what}`, () => {
		for (const [entry, names] of Object.entries(failures)) {
			for (const name of names) {
				const output = outputOf(name).split('\n').map(wrap).join('\n');
				assert.equal(entriesFor(output)[0], entry, name);
			}
		}
	});
}

test('each failure is recognised behind what sudo and a shell said before', () => {
	const before = [
		'sudo: unable to resolve host web1: Success',
		'[sudo] password for admin: ',
		'sh: warning: setlocale: LC_ALL: cannot change locale (de_DE.UTF-8)',
		'perl: warning: Falling back to the standard locale ("C").',
		'',
	].join('\n');
	assert.deepEqual(entriesFor(before), []);
	for (const [entry, names] of Object.entries(failures)) {
		for (const name of names) assert.equal(entriesFor(before + outputOf(name))[0], entry, name);
	}
});
