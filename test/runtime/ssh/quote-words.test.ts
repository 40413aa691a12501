import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {test} from 'node:test';
import fc from 'fast-check';
import {quoteWords} from '../../../source/runtime/ssh/quote-words.ts';

const loginShells = ['/bin/sh', '/bin/bash', '/bin/zsh', '/bin/ksh', '/bin/csh', '/usr/bin/fish'].filter(existsSync);

for (const shell of loginShells) {
	test(`${shell} takes quoted words as they stand`, () => {
		const letters = fc.constantFrom(...'a$`"();&|<>*?[]{}~#%^=: \t-/'.split(''));
		const words = fc.array(fc.string({unit: letters, minLength: 1}), {minLength: 1, maxLength: 5});
		fc.assert(
			fc.property(words, given => {
				const line = quoteWords(['printf', '%s;', ...given]);
				assert.equal(execFileSync(shell, ['-c', line], {encoding: 'utf8'}), `${given.join(';')};`);
			}),
			{numRuns: 40},
		);
	});
}

for (const word of ["a'b", 'a\\', 'a!', 'a\nb', 'a\rb', 'a\0b']) {
	test(`${JSON.stringify(word)} is refused`, () => assert.throws(() => quoteWords(['echo', word]), RangeError));
}
