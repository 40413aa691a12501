import {execFile} from 'node:child_process';

/** Milliseconds for which an answer serves: the hosts of a run are looked at together, a ticket may come at any time. */
const fresh = 60_000;

const answers = new WeakMap<NodeJS.ProcessEnv, {at: number; has: Promise<boolean>}>();

/** Whether there is a ticket that has not expired; false also where there is no Kerberos here. Asked once for all hosts. */
export function hasValidTicket(env: NodeJS.ProcessEnv): Promise<boolean> {
	const known = answers.get(env);
	const at = performance.now();
	if (known && at - known.at < fresh) return known.has;
	const has = ask(env);
	answers.set(env, {at, has});
	return has;
}

async function ask(env: NodeJS.ProcessEnv): Promise<boolean> {
	return await new Promise(resolve => {
		execFile('klist', ['-s'], {env, timeout: 3000}, error => resolve(error === null)).stdin?.end();
	});
}
