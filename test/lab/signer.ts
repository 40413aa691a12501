import {execFile, execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {promisify} from 'node:util';
import type {Cleaning} from './lab-host.ts';

/** A key that repositories are signed with; gone with the test. */
export type Signer = {
	/** The home folder of gpg(1) that has it. */
	home: string;
	/** The public key, as a file with or without `armor` has it. */
	publicKey(...armor: '--armor'[]): Buffer;
	/** Runs gpg(1) with it. */
	gpg(...words: string[]): Promise<void>;
};

export const signerName = 'The lab';

export function makeSigner(context: Cleaning): Signer {
	const home = mkdtempSync(`${tmpdir()}/signer-`);
	context.after(async () => {
		execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
		rmSync(home, {recursive: true, force: true});
	});
	const options = ['--homedir', home, '--batch', '--quiet', '--yes'];
	execFileSync(
		'gpg',
		[...options, '--passphrase', '', '--quick-generate-key', signerName, 'ed25519', 'sign', 'never'],
		{
			stdio: ['ignore', 'ignore', 'pipe'],
		},
	);
	return {
		home,
		publicKey: (...armor) => execFileSync('gpg', [...options, ...armor, '--export']),
		async gpg(...words) {
			await promisify(execFile)('gpg', [...options, ...words]);
		},
	};
}
