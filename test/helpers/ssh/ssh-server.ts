import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {delimiter, join} from 'node:path';

export const sshd = `${process.env['PATH']}:/usr/sbin:/sbin`
	.split(delimiter)
	.map(folder => join(folder, 'sshd'))
	.find(path => existsSync(path));

/** The reason to skip, or false. */
export const hasNoSshd: string | false = !sshd && 'sshd is not installed';

/** A real sshd on a port of this machine, with keys, known hosts and a client's configuration of its own. */
export class SshServer {
	readonly folder: string;
	readonly port: number;
	readonly process: number;
	/** What the server said. */
	log = '';

	constructor(port: number, folder: string, process: number) {
		this.port = port;
		this.folder = folder;
		this.process = process;
	}

	file(name: string): string {
		return join(this.folder, name);
	}

	/** The public host key as known_hosts has it: type and base64. */
	key(name = 'host-ed25519'): string {
		return readFileSync(this.file(`${name}.pub`), 'utf8')
			.split(' ', 2)
			.join(' ');
	}

	/** Writes the client's configuration for `web1`; `lines` come first, so they hold. */
	configure(lines: string[] = [], port = this.port): void {
		const fixed = [
			'HostName 127.0.0.1',
			`Port ${port}`,
			`User ${userInfo().username}`,
			`IdentityFile ${this.file('user')}`,
			'IdentityAgent none',
			`UserKnownHostsFile ${this.file('known_hosts')}`,
			'GlobalKnownHostsFile none',
			'HashKnownHosts no',
		];
		writeFileSync(this.file('config'), ['Host web1', ...lines, ...fixed, ''].join('\n'));
	}

	/** Writes known_hosts; by default the right key under the name of this port. */
	know(lines = [`[127.0.0.1]:${this.port} ${this.key()}`]): void {
		writeFileSync(this.file('known_hosts'), lines.map(line => `${line}\n`).join(''));
	}

	/** What a client needs to find it. */
	get env(): NodeJS.ProcessEnv {
		return {...process.env, HANDRAIL_SSH_CONFIG: this.file('config')};
	}

	/** Processes of the server that attend to connections. */
	sessions(): number[] {
		return childrenOf(this.process).flatMap(child => [child, ...childrenOf(child)]);
	}

	/** Ends every connection as a crash of its process would. */
	cut(): void {
		for (const session of this.sessions()) kill(session);
	}
}

/** Starts one, gone with the test; `lines` go into its sshd_config. PAM calls it by the file name of `program`. */
export async function sshServer(
	context: {after(clean: () => void): void},
	lines: string[] = [],
	program = sshd!,
): Promise<SshServer> {
	const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
	chmodSync(folder, 0o700);
	for (const name of ['host-ed25519', 'user']) makeKey(join(folder, name));
	for (const [name, content] of rsaKey()) writeFileSync(join(folder, name), content, {mode: 0o600});
	writeFileSync(join(folder, 'authorized_keys'), readFileSync(join(folder, 'user.pub')));
	mkdirSync(join(folder, 'home'));
	// Of root's sshd the folder that its processes are shut into.
	if (process.getuid?.() === 0) mkdirSync('/run/sshd', {recursive: true, mode: 0o755});
	for (let tries = 0; tries < 10; tries++) {
		const server = await start(folder, lines, program);
		if (!server) continue;
		context.after(() => {
			kill(server.process);
			server.cut();
			rmSync(folder, {recursive: true, force: true, maxRetries: 3});
		});
		server.configure();
		server.know();
		return server;
	}
	throw new Error('sshd found no free port');
}

export function makeKey(path: string, passphrase = ''): void {
	execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'a key of a test', '-f', path]);
}

let rsa: [string, Buffer][] | undefined;

/** The RSA host key of all servers of a process, since it takes the time of several of them to make one. */
function rsaKey(): [string, Buffer][] {
	if (rsa) return rsa;
	const folder = mkdtempSync(join(tmpdir(), 'rsa-'));
	execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', join(folder, 'host-rsa')]);
	rsa = ['host-rsa', 'host-rsa.pub'].map(name => [name, readFileSync(join(folder, name))]);
	rmSync(folder, {recursive: true});
	return rsa;
}

/** A port that nothing listens on, for now. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as {port: number};
	server.close();
	await once(server, 'close');
	return port;
}

async function start(folder: string, lines: string[], program: string): Promise<SshServer | undefined> {
	const port = await freePort();
	const config = join(folder, 'sshd_config');
	const settings = [
		...lines,
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${join(folder, 'host-ed25519')}`,
		`HostKey ${join(folder, 'host-rsa')}`,
		`AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
		'StrictModes no',
		'UsePAM no',
		'PidFile none',
		`SetEnv HOME=${join(folder, 'home')} XDG_STATE_HOME=${join(folder, 'home/state')} HANDRAIL_LOCK=${join(folder, 'lock')}`,
	];
	writeFileSync(config, `${settings.join('\n')}\n`);
	const child = spawn(program, ['-D', '-e', '-f', config, ...withoutPenalties(config)], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const server = new SshServer(port, folder, child.pid!);
	const ended = once(child, 'exit').then(() => false);
	const listens = new Promise<boolean>(resolve => {
		child.stderr.setEncoding('utf8').on('data', text => {
			server.log += text;
			if (server.log.includes('Server listening')) resolve(true);
		});
	});
	if (await Promise.race([listens, ended])) return server;
	if (!server.log.includes('Address already in use')) throw new Error(`sshd did not start: ${server.log}`);
	return undefined;
}

/** Newer servers keep away for a while who failed to log in; older ones do not know the option. */
function withoutPenalties(config: string): string[] {
	const option = ['-o', 'PerSourcePenalties=no'];
	try {
		execFileSync(sshd!, ['-t', '-f', config, ...option], {stdio: 'ignore'});
		return option;
	} catch {
		return [];
	}
}

function childrenOf(process: number): number[] {
	try {
		return readFileSync(`/proc/${process}/task/${process}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
	} catch {
		return [];
	}
}

function kill(id: number): void {
	try {
		process.kill(id, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
