import {userInfo} from 'node:os';
import {Failure} from '../../../core/text/failure.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {Address} from './address.ts';
import {type Configuration, parseConfiguration} from './configuration.ts';
import {readJumps} from './jumps.ts';
import {outputOf} from './output-of.ts';

/** Milliseconds that ssh may take to read its configuration: a `Match exec` in it runs. */
const limit = 10_000;

/**
 * Asks the system's ssh for the configuration of a host and of its jumps; connects nowhere. `HANDRAIL_SSH_CONFIG` names
 * another configuration file than the user's. Throws `Failure` (2) without ssh or with an invalid configuration, and
 * `NotConnected` where it takes too long.
 */
export async function readConfiguration(
	address: Address,
	env: NodeJS.ProcessEnv,
	signal: AbortSignal,
): Promise<Configuration> {
	const {username, homedir, uid} = userInfo();
	const read = async (one: Address, through: string[] = []): Promise<Configuration> => {
		const text = await ask(wordsFor(one, env['HANDRAIL_SSH_CONFIG'], through), env, signal);
		return parseConfiguration(text, {host: one.host, home: homedir, user: username, uid, env});
	};
	const configuration = await read(address);
	return {...configuration, jumps: await readJumps(address.host, configuration.proxyJump, read)};
}

function wordsFor({host, user, port}: Address, file: string | undefined, through: string[]): string[] {
	return [
		'-G',
		'-T',
		...(file ? ['-F', file] : []),
		...(through.length > 0 ? ['-J', through.join(',')] : []),
		...(user === undefined ? [] : ['-l', user]),
		...(port === undefined ? [] : ['-p', String(port)]),
		'--',
		host,
	];
}

async function ask(words: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
	const late = AbortSignal.timeout(limit);
	const {status, out, err, error} = await outputOf('ssh', words, env, AbortSignal.any([signal, late]));
	if (status === 0) return out;
	const host = words.at(-1);
	if (signal.aborted) throw new NotConnected(`${host}: left before it was connected`, 'Try it again.');
	if (error?.code === 'ENOENT')
		throw new Failure(
			`${host} cannot be reached: there is no ssh program here, which reads the SSH configuration`,
			'Install the OpenSSH client (the package openssh-client or openssh-clients).',
			2,
		);
	if (late.aborted)
		throw new NotConnected(
			`${host}: ssh took longer than ${limit / 1000} s to read its configuration`,
			'See what takes so long (a `Match exec`, perhaps): ssh -G -vv HOST',
		);
	const said = brief(err) || brief(error?.message ?? `it ended with ${status ?? 'a signal'}`);
	throw new Failure(`${host}: ssh cannot read its configuration: ${said}`, 'Mend it, then try again.', 2);
}

/** The first of its lines: it may have as many as the configuration. */
function brief(text: string): string {
	const lines = text.trim().split(/\s*\n/);
	const line = visibleLine([...lines.slice(0, 3), ...(lines.length > 3 ? ['...'] : [])].join('; '));
	return line.length > 300 ? `${line.slice(0, 300)} ...` : line;
}
