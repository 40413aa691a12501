import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {NotConnected} from '../../hosts/host.ts';
import {keyType} from './fingerprint.ts';

/**
 * Whether a file of RevokedHostKeys has a key: public keys, one a line, or a KRL, which ssh-keygen reads. Throws
 * `NotConnected` where that cannot be said: then no key is to be trusted, as ssh has it.
 */
export async function isRevoked(label: string, file: string, key: Uint8Array): Promise<boolean> {
	const base64 = Buffer.from(key).toString('base64');
	try {
		const content = await readFile(file);
		if (content.subarray(0, magic.length).equals(magic)) return await isInKrl(file, `${keyType(key)} ${base64}`);
		const lines = content.toString('latin1').split('\n');
		return lines.some(line => !line.trimStart().startsWith('#') && line.split(/\s+/).includes(base64));
	} catch (cause) {
		const hint = 'Without it no host key is trusted: make the file of RevokedHostKeys readable.';
		const what = (cause as Error).message.split('\n')[0];
		throw new NotConnected(`${label}: the revoked host keys cannot be read: ${what}`, hint, {cause});
	}
}

/** PROTOCOL.krl of OpenSSH. */
const magic = Buffer.from('SSHKRL\n\0', 'latin1');

/** Milliseconds. */
const limit = 10_000;

async function isInKrl(file: string, line: string): Promise<boolean> {
	const folder = await mkdtemp(join(tmpdir(), 'handrail-'));
	try {
		const path = join(folder, 'key.pub');
		await writeFile(path, `${line}\n`);
		const {error, said} = await new Promise<{error: Error | null; said: string}>(resolve => {
			execFile('ssh-keygen', ['-Q', '-f', file, path], {timeout: limit}, (error, out, err) =>
				resolve({error, said: `${out}${err}`}),
			);
		});
		if (!error) return false;
		if (/: REVOKED$/m.test(said)) return true;
		throw new Error(said.trim().split('\n')[0] || error.message, {cause: error});
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}
