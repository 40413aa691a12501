import {execFileSync} from 'node:child_process';
import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {localShell} from '../../source/runtime/hosts/local-shell.ts';
import type {Shell} from '../../source/runtime/hosts/shell.ts';

/** A user of this machine for the time of a test, whom sudo asks for a password. */
export type SudoUser = {
	name: string;
	password: string;
	home: string;
	/** Commands on this machine as that user. `PATH` and others of `more` stand above those of a login. */
	shell(more?: NodeJS.ProcessEnv): Shell;
	/** Replaces what the policy says of the user: lines of sudoers(5) in which `USER` stands for the name. */
	allow(...lines: string[]): void;
	setPassword(password: string): void;
	remove(): void;
};

/** The reason to skip, or false. */
export const noSudo =
	(process.getuid?.() !== 0 && 'only root can make a user') ||
	(!existsSync('/etc/sudoers.d') && 'sudo is not installed');

export function sudoUser(): SudoUser {
	const name = `handrail-test-${process.pid}`;
	const policy = `/etc/sudoers.d/${name}`;
	const home = `/var/tmp/${name}`;
	execFileSync('useradd', ['--create-home', '--home-dir', home, '--shell', '/bin/sh', name]);
	const user: SudoUser = {
		name,
		password: `Pw ${process.pid} 'n "$x" \\n`,
		home,
		shell(more = {}) {
			const local = localShell({HOME: home, USER: name, LOGNAME: name, PATH: '/usr/bin:/bin', ...more});
			const become = ['/usr/bin/setpriv', '--reuid', name, '--regid', name, '--init-groups', '--'];
			return {...local, open: (command, stdin) => local.open([...become, ...command], stdin)};
		},
		allow(...lines) {
			rmSync(policy, {force: true});
			if (lines.length > 0) writeFileSync(policy, `${lines.join('\n').replaceAll('USER', name)}\n`, {mode: 0o440});
		},
		setPassword(password) {
			execFileSync('chpasswd', {input: `${name}:${password}\n`});
		},
		remove() {
			rmSync(policy, {force: true});
			execFileSync('userdel', ['--remove', '--force', name], {stdio: 'ignore'});
		},
	};
	user.setPassword(user.password);
	user.allow('USER ALL=(ALL:ALL) ALL');
	return user;
}
