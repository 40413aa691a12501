import {hostname, userInfo} from 'node:os';
import type {Person} from '../../core/run/events.ts';

/** Who sits at the keyboard: the login, the one behind sudo, and where the SSH connection came from. */
export function thisPerson(env: NodeJS.ProcessEnv): Person {
	const {login, uid} = loginOf(env);
	const sudo = env['SUDO_USER'];
	const from = env['SSH_CONNECTION']?.split(' ')[0];
	return {login, uid, ...(sudo && {sudo}), ...(from && {from})};
}

/** Name of the machine that Handrail runs on. */
export const thisMachine = (): string => hostname();

/** A user without an entry in the passwd database has a number only. */
function loginOf(env: NodeJS.ProcessEnv): {login: string; uid: number} {
	try {
		const {username, uid} = userInfo();
		return {login: username, uid};
	} catch {
		const uid = process.getuid?.() ?? -1;
		return {login: env['LOGNAME'] || env['USER'] || `uid ${uid}`, uid};
	}
}
