import {chmodSync, chownSync, copyFileSync, readFileSync} from 'node:fs';

/** Users of the base, with their ids. */
const users = {'/root': [0, 0], '/home/admin': [1000, 1000], '/home/operator': [1001, 37]} as const;

/** Gives a host its key, and lets every user in who has the other key. */
export function letIn(root: string, hostKey: string, userKey: string): void {
	for (const end of ['', '.pub']) copyFileSync(hostKey + end, `${root}/etc/ssh/ssh_host_ed25519_key${end}`);
	for (const [home, [uid, gid]] of Object.entries(users)) {
		const keys = `${root}${home}/.ssh/authorized_keys`;
		copyFileSync(`${userKey}.pub`, keys);
		chmodSync(keys, 0o600);
		chownSync(keys, uid, gid);
	}
}

/** As known_hosts has it: type and base64. */
export function publicKey(path: string): string {
	return readFileSync(`${path}.pub`, 'utf8').split(' ', 2).join(' ');
}
