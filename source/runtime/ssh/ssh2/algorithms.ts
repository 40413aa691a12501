import type {Algorithms} from 'ssh2';
import type {Configuration} from '../configuration/configuration.ts';

type Kind = keyof Configuration['allowed'];

/** What ssh2 1.17 knows, the best first. AES-GCM costs the least by far, with and without its native addon. */
const known = {
	kex: [
		'curve25519-sha256',
		'curve25519-sha256@libssh.org',
		'ecdh-sha2-nistp256',
		'ecdh-sha2-nistp384',
		'ecdh-sha2-nistp521',
		'diffie-hellman-group-exchange-sha256',
		'diffie-hellman-group14-sha256',
		'diffie-hellman-group16-sha512',
		'diffie-hellman-group18-sha512',
	],
	cipher: [
		'aes128-gcm@openssh.com',
		'aes256-gcm@openssh.com',
		'chacha20-poly1305@openssh.com',
		'aes128-ctr',
		'aes192-ctr',
		'aes256-ctr',
	],
	hmac: [
		'hmac-sha2-256-etm@openssh.com',
		'hmac-sha2-512-etm@openssh.com',
		'hmac-sha1-etm@openssh.com',
		'hmac-sha2-256',
		'hmac-sha2-512',
		'hmac-sha1',
	],
	serverHostKey: [
		'ssh-ed25519',
		'ecdsa-sha2-nistp256',
		'ecdsa-sha2-nistp384',
		'ecdsa-sha2-nistp521',
		'rsa-sha2-512',
		'rsa-sha2-256',
	],
} satisfies Record<Kind, string[]>;

const options: Record<Kind, string> = {
	kex: 'KexAlgorithms',
	cipher: 'Ciphers',
	hmac: 'MACs',
	serverHostKey: 'HostKeyAlgorithms',
};

/**
 * What is offered to a server: what is known here and allowed by the configuration, host key algorithms of `types` first,
 * so that a key is met that can be compared. Throws RangeError that names the option which leaves nothing.
 */
export function offer(allowed: Configuration['allowed'], types: string[]): Algorithms {
	const both = (kind: Kind): string[] => {
		const names = known[kind].filter(name => allowed[kind].length === 0 || allowed[kind].includes(name));
		if (names.length === 0) throw new RangeError(`${options[kind]} allows none that this version knows`);
		return names;
	};
	const wanted = types.flatMap(type => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]));
	const keys = both('serverHostKey');
	const serverHostKey = [...wanted.filter(name => keys.includes(name)), ...keys.filter(name => !wanted.includes(name))];
	return {kex: both('kex'), cipher: both('cipher'), hmac: both('hmac'), serverHostKey} as Algorithms;
}
