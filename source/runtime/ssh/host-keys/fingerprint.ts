import {hash} from 'node:crypto';

/** A public key as OpenSSH names it: `SHA256:` and base64 without padding. */
export function fingerprint(key: Uint8Array): string {
	return `SHA256:${hash('sha256', key, 'base64').replace(/=+$/, '')}`;
}

/** The type that a public key begins with (RFC 4253, 6.6); empty for what is no key. */
export function keyType(key: Uint8Array): string {
	const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
	if (bytes.length < 4) return '';
	const length = bytes.readUInt32BE();
	return length <= 64 && bytes.length > 4 + length ? bytes.toString('latin1', 4, 4 + length) : '';
}
