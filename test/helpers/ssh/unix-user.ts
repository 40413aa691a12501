import {execFileSync} from 'node:child_process';
import {chmodSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import {hasNoSshd, type SshServer, sshd, sshServer} from './ssh-server.ts';

/** The reason to skip, or false. */
export const hasNoPam: string | false = hasNoSshd || (process.getuid?.() !== 0 && 'only root can make a user');

let count = 0;

/** An sshd with a PAM service of its own, and a Unix user that is gone with the test; `keys` are the keys it takes. */
export async function pamServer(
	context: Pick<TestContext, 'after'>,
	lines: string[],
	auth = ['auth required pam_unix.so nodelay'],
): Promise<{server: SshServer; user: string; keys: string; setPassword(password: string): void}> {
	const name = `hr-test-${process.pid}-${count++}`;
	const program = join('/tmp', name);
	// sshd reads it as that user, who does not get into the server's folder.
	const keys = join('/tmp', `${name}.keys`);
	const service = `/etc/pam.d/${name}`;
	symlinkSync(sshd!, program);
	context.after(() => {
		rmSync(program);
		rmSync(service);
		rmSync(keys);
		execFileSync('userdel', ['--force', name], {stdio: 'ignore'});
	});
	writeFileSync(service, [...auth, 'account required pam_permit.so', 'session required pam_permit.so', ''].join('\n'), {
		mode: 0o644,
	});
	execFileSync('useradd', ['--no-create-home', '--home-dir', '/', '--shell', '/bin/sh', name]);
	const server = await sshServer(context, ['UsePAM yes', `AuthorizedKeysFile ${keys}`, ...lines], program);
	writeFileSync(keys, '');
	chmodSync(keys, 0o644);
	const setPassword = (password: string) => execFileSync('chpasswd', {input: `${name}:${password}`});
	server.configure([`User ${name}`]);
	return {server, user: name, keys, setPassword};
}
