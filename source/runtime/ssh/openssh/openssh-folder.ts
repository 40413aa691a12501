import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {access, constants, mkdir, mkdtemp, rm, stat, writeFile} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {NotConnected} from '../../hosts/host.ts';

const askpass = readFileSync(new URL('./openssh-askpass.sh', import.meta.url));

/** Names of what lies in the folder of a connection. */
export const names = {control: 'control', log: 'log', questions: 'questions', askpass: 'askpass'};

/**
 * Makes the private folder of a connection by the system's ssh: FIFOs for what it logs (`0`, `1` ... one for each of
 * `commands`) and asks, the program that it asks by, and room for the socket. Throws `NotConnected`.
 */
export async function makeFolder(host: string, env: NodeJS.ProcessEnv, commands: number): Promise<string> {
	const reasons: string[] = [];
	for (const place of places(env)) {
		let folder: string | undefined;
		try {
			await check(place);
			folder = await mkdtemp(join(place, 'ssh-'));
			const pipes = [names.log, names.questions, ...Array.from({length: commands}, (_, at) => String(at))];
			await promisify(execFile)('mkfifo', ['-m', '600', ...pipes.map(name => join(folder!, name))]);
			await writeFile(join(folder, names.askpass), askpass, {mode: 0o700});
			// Not where programs may not be run from (noexec).
			await access(join(folder, names.askpass), constants.X_OK);
			return folder;
		} catch (error) {
			if (folder) await rm(folder, {recursive: true, force: true});
			reasons.push(`${place}: ${(error as Error).message}`);
		}
	}
	throw new NotConnected(
		`${host}: there is no place for the files of its connection: ${reasons.join('; ')}`,
		'XDG_RUNTIME_DIR or TMPDIR can name a folder that is writable, with a short name.',
	);
}

const places = (env: NodeJS.ProcessEnv): Set<string> =>
	new Set([
		...(env['XDG_RUNTIME_DIR'] ? [join(env['XDG_RUNTIME_DIR'], 'handrail')] : []),
		tmpdir(),
		'/tmp',
		join(env['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'handrail/ssh'),
	]);

/** Throws where the name is none that ssh takes as it stands, or where others could swap what lies in it. */
async function check(place: string): Promise<void> {
	const path = join(place, 'ssh-XXXXXX', names.control);
	if (!/^\/[\w./@+-]*$/.test(path)) throw new Error('its name has characters that ssh_config would read otherwise');
	if (path.length > longest) throw new Error('its name is too long');
	await mkdir(place, {recursive: true, mode: 0o700});
	const {uid, mode} = await stat(place);
	const isMine = uid === process.getuid?.() && (mode & 0o022) === 0;
	const isSticky = (mode & 0o1000) !== 0;
	if (!isMine && !isSticky) throw new Error('others may write there');
}

/** Bytes of a socket's address (unix(7)), without the end and the suffix that ssh adds at first. */
const longest = 108 - 1 - 17;
