import type {ParsedKey} from 'ssh2';
import {type KeyFile, type Parse, parseKey} from './key-files.ts';
import type {Login} from './login-way.ts';

/** How often a passphrase is asked for a file. */
const tries = 3;

/**
 * The key of an encrypted file, by the passphrase that somebody tells; remembered for the session. Throws an error that
 * says why there is none.
 */
export async function unlockKey(
	{path, text}: KeyFile & {is: 'encrypted'},
	parse: Parse,
	{interview, memory}: Pick<Login, 'interview' | 'memory'>,
): Promise<ParsedKey> {
	const known = memory.keys.get(path);
	if (known) return known;
	for (let refused = 0; refused < tries; refused++) {
		const passphrase = await interview.tell({kind: 'passphrase', file: path, refused});
		// As ssh has it: an empty one leaves the key out.
		if (!passphrase || passphrase.length === 0) throw new Error('is encrypted, and its passphrase was not told');
		const key = parseKey(text, parse, passphrase);
		passphrase.fill(0);
		if (key instanceof Error) continue;
		memory.keys.set(path, key);
		return key;
	}
	throw new Error(`is encrypted, and none of ${tries} passphrases was right`);
}
