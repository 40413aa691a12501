import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import type {AskLogin} from '../../../source/runtime/hosts/ask-login.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';
import {type SshOptions, sshShell} from '../../../source/runtime/ssh/ssh-shell.ts';
import type {SshServer} from './ssh-server.ts';

export const never = new AbortController().signal;
const nothing = async function* (): AsyncGenerator<Uint8Array> {};

/** A shell over a server, closed with the test; its folders are where the test can look. */
export function shellOf(context: TestContext, server: SshServer, options: Partial<SshOptions> = {}): Shell {
	const env = {...server.env, XDG_RUNTIME_DIR: server.file('runtime'), ...options.env};
	mkdirSync(server.file('runtime'), {recursive: true, mode: 0o700});
	const shell = sshShell('web1', {host: 'web1'}, {acceptsNew: false, ...options, env});
	context.after(() => shell.close());
	return shell;
}

export const openssh = (context: TestContext, server: SshServer, asks?: AskLogin, acceptsNew = false): Shell =>
	shellOf(context, server, {transport: 'openssh', acceptsNew, ...(asks && {asks})});

export async function exitOf(shell: Shell, script: string): Promise<unknown> {
	return await (await shell.open(['sh', '-c', script], nothing())).ended;
}

/** Cuts the connection and makes it again. */
export async function again(shell: Shell, server: SshServer): Promise<void> {
	const gone = new Promise<void>(resolve => shell.onLink(isUp => !isUp && resolve()));
	server.cut();
	await gone;
	await shell.connect(never);
}

export function scratch(context: Pick<TestContext, 'after'>): string {
	const folder = mkdtempSync(join(tmpdir(), 'openssh-test-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

export const fingerprintOf = (file: string) =>
	execFileSync('ssh-keygen', ['-l', '-f', file], {encoding: 'utf8'}).split(' ')[1]!;

export const sign = (authority: string, file: string, ...words: string[]) =>
	execFileSync('ssh-keygen', ['-q', '-s', authority, '-I', 'a test', ...words, `${file}.pub`]);
