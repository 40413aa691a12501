import {keyType} from '../host-keys/fingerprint.ts';

/** The public key in a private key file of OpenSSH's format, also of an encrypted one; as a line of a .pub file. */
export function publicHalf(text: string): string | undefined {
	const [, base64] = /-----BEGIN OPENSSH PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END/.exec(text) ?? [];
	if (base64 === undefined) return undefined;
	const bytes = Buffer.from(base64, 'base64');
	let at = magic.length;
	if (bytes.toString('latin1', 0, at) !== magic) return undefined;
	const field = (): Buffer | undefined => {
		if (at + 4 > bytes.length) return undefined;
		const end = at + 4 + bytes.readUInt32BE(at);
		const found = end <= bytes.length ? bytes.subarray(at + 4, end) : undefined;
		at = end;
		return found;
	};
	// PROTOCOL.key of OpenSSH: cipher, kdf, its options, the number of keys, the public keys.
	field();
	field();
	field();
	at += 4;
	const key = field();
	const type = key && keyType(key);
	return type ? `${type} ${key.toString('base64')}` : undefined;
}

const magic = 'openssh-key-v1\0';
