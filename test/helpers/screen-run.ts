// A run on fake hosts, shown on a terminal in memory.

import {rmSync} from 'node:fs';
import type {TestContext} from 'node:test';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import {watchHealth} from '../../source/runtime/engine/health.ts';
import type {Session} from '../../source/runtime/engine/session.ts';
import type {Screen} from '../../source/views/ui/open-screen.tsx';
import {FakeHost, type FakeTable} from './fake-host.ts';
import {newFolder, openFakeRun} from './fake-run.ts';
import {TestTerminal} from './terminal.ts';

export type ScreenRun = {
	terminal: TestTerminal;
	host: FakeHost;
	session: Session;
	/** Resolves when the screen was left. */
	left: Promise<void>;
	leave: AbortController;
};

type Options = {
	columns?: number;
	rows?: number;
	table?: FakeTable;
	trusted?: boolean;
	hosts?: string[];
	login?: FakeHost['login'];
	sudoPassword?: string;
} & Partial<Pick<Screen, 'isPlain' | 'isAscii'>>;

/** Opens the screen of a run of this document; it is closed when the test ends. */
export async function screenRun(context: TestContext, markdown: string, options: Options = {}): Promise<ScreenRun> {
	const {openRunScreen} = await import('../../source/views/ui/run/open-run-screen.tsx');
	const {columns = 80, rows = 24, table = {}, trusted = true, hosts = ['web1']} = options;
	const terminal = new TestTerminal(columns, rows);
	const fakes = hosts.map(name =>
		Object.assign(new FakeHost(name, table), {login: options.login, sudoPassword: options.sudoPassword}),
	);
	const folder = await newFolder();
	const {runbook} = readMarkdown(markdown, 'test.md');
	const {session, begin} = await openFakeRun(folder, runbook, fakes, {trusted});
	await begin();
	const leave = new AbortController();
	void watchHealth(session, 50);
	const {stdout, stdin, stderr} = terminal;
	const {isPlain = false, isAscii = false} = options;
	const left = openRunScreen(session, {stdout, stdin, stderr, isPlain, isAscii}, leave.signal);
	left.catch(() => undefined);
	context.after(async () => {
		leave.abort();
		await left.catch(() => undefined);
		await session.close();
		rmSync(folder.path, {recursive: true, force: true});
	});
	return {terminal, host: fakes[0]!, session, left, leave};
}

/** Longer than what was just drawn takes no confirmation. */
export const readIt = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 550));
