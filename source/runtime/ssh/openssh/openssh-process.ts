import {type ChildProcess, spawn} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type LinePipe, openLinePipe} from './line-pipe.ts';
import {ExitStatuses} from './openssh-exits.ts';
import {names} from './openssh-folder.ts';
import {silentPeer, withoutPlace} from './openssh-life.ts';
import {emptyLog, type LoginLog, readLog} from './openssh-log.ts';
import {masterWords, type Words} from './openssh-words.ts';

/** A login by the system's ssh that commands go through. It ends with this program, however that ends. */
export type Master = {
	words: Words;
	log: LoginLog;
	/** Where commands log, as many as there may be at a time. */
	pipes: LinePipe[];
	/** How the commands on its channels end, as soon as it says so. */
	exits: ExitStatuses;
	/** Told why it is gone, when it is. */
	channels: Set<(why: string) => void>;
	/** Resolves to why it is gone; never rejects. */
	lost: Promise<string>;
	/** Ends it at once, for this reason. */
	destroy(why: string): void;
	/** Says goodbye, and waits a moment for it to arrive. */
	close(): Promise<void>;
};

const guardian = fileURLToPath(new URL('./openssh-guardian.sh', import.meta.url));

/** Told what comes of a login, until it is in. */
export type Hears = {
	/** A line of its log, once it has been read. */
	line(line: string, log: LoginLog): void;
	/** Banners, and what programs on the way say. */
	said(text: string): void;
};

/** Starts the ssh that logs in, under its guardian, and hears what it logs; `up` resolves when it is in. */
export function beginMaster(words: Words, env: NodeJS.ProcessEnv, commands: number, hears: Hears) {
	const {folder} = words;
	const log = emptyLog();
	const logs = openLinePipe(join(folder, names.log));
	const exits = new ExitStatuses(logs);
	const isSilent = silentPeer(words.configuration);
	const questions = openLinePipe(join(folder, names.questions));
	const pipes = Array.from({length: commands}, (_, at) => openLinePipe(join(folder, String(at))));
	const {promise: up, resolve: stand} = Promise.withResolvers<void>();
	const channels: Master['channels'] = new Set();
	const {promise: lost, resolve: lose} = Promise.withResolvers<string>();
	lost.then(why => {
		for (const channel of channels) channel(why);
	});
	logs.listen(full => {
		const line = withoutPlace(full);
		if (!log.isUp) {
			readLog(log, line);
			hears.line(line, log);
			if (!log.isUp) return;
			// What was said before is no reason for what comes later.
			log.complaints = [];
			stand();
			return;
		}
		if (isSilent(line)) return destroy('nothing was heard of the host any more');
		exits.read(line);
		if (!isNoReason.test(line)) log.complaints = [line];
	});
	// A session of its own: neither keys nor the end of this terminal reach it, and it cannot ask there.
	const child = spawn('sh', [guardian, folder, 'ssh', ...masterWords(words)], {
		stdio: ['pipe', 'ignore', 'pipe'],
		detached: true,
		env: words.isAttended ? {...env, ...askpass(folder, env)} : withoutAskpass(env),
	});
	child.stdin.on('error', () => {});
	const said = tail(child, text => log.isUp || hears.said(text));
	const ended = new Promise<void>(resolve => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const closed = new Promise(resolve => child.once('close', resolve));
	ended.then(async () => {
		// What programs on the way have said; one that lives on may hold the stream.
		await Promise.race([closed, wait(200, undefined, {ref: false})]);
		await logs.flush();
		lose(log.complaints.at(-1) ?? 'the connection was closed');
		for (const pipe of [logs, questions, ...pipes]) pipe.close();
		await rm(folder, {recursive: true, force: true}).catch(() => {});
	});
	const destroy = (why: string) => {
		lose(why);
		child.stdin.end();
		if (child.exitCode === null && child.pid) killGroup(child.pid, 'SIGTERM');
	};
	const master: Master = {
		...{words, log, pipes, exits, channels, lost, destroy},
		async close() {
			lose('it was closed here');
			child.stdin.end();
			const isGone = await Promise.race([ended.then(() => true), wait(farewell, undefined, {ref: false})]);
			if (!isGone && child.pid) killGroup(child.pid, 'SIGKILL');
		},
	};
	return {master, log, logs, questions, up, lost, said};
}

/** Lines of a log that never say why a connection has gone. */
const isNoReason = /^((debug\d|channel \d+|mux\w*): |Transferred: |Bytes per second: )/;

/** Milliseconds that ssh may take to say goodbye. */
const farewell = 3000;

const killGroup = (group: number, signal: NodeJS.Signals): void => {
	try {
		process.kill(-group, signal);
	} catch {
		// It has just gone.
	}
};

/** Clients before OpenSSH 8.4 know no SSH_ASKPASS_REQUIRE: without a terminal, DISPLAY lets them ask. */
const askpass = (folder: string, env: NodeJS.ProcessEnv) => ({
	SSH_ASKPASS: join(folder, names.askpass),
	SSH_ASKPASS_REQUIRE: 'force',
	DISPLAY: env['DISPLAY'] || 'handrail',
});

/** Where nobody is to be asked, no window opens on somebody's desktop either, from a machine on the way. */
const withoutAskpass = ({SSH_ASKPASS: _, ...env}: NodeJS.ProcessEnv) => ({...env, SSH_ASKPASS_REQUIRE: 'never'});

/** The last of what a process says on its standard error: banners, and programs on the way. */
function tail(child: ChildProcess, hears: (text: string) => void): () => string {
	let text = '';
	child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
		text = (text + piece).slice(-4096);
		hears(piece);
	});
	child.stderr!.on('error', () => {});
	return () => text;
}
