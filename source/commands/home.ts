import type {Home} from '../views/ui/home/home.ts';
import type {Io} from './command.ts';
import {runbookPlaces} from './runbook-places.ts';
import {screenOf} from './screen.ts';
import {version} from './version.ts';

/** The first page; resolves to the command line that was chosen there, undefined where it was left. */
export async function home(io: Io): Promise<string[] | undefined> {
	const {openHome} = await import('../views/ui/home/open-home.tsx');
	return await untilSignal(signal =>
		openHome(screenOf(io), signal, {
			version: version(),
			read: give => {
				void readRunbooks(io).then(runbooks => give({runbooks}));
				void readScenarios().then(scenarios => give({scenarios}));
				void readHosts(io).then(aliases => give({aliases}));
				readRuns(io).then(
					runs => give({runs}),
					(error: Error) => give({runs: [], problem: `Runs cannot be listed: ${error.message}`}),
				);
			},
		}),
	);
}

/** Asks on which host a runbook is to be walked; none where nobody wants to say. */
export async function askHost(runbook: string, io: Io): Promise<string[]> {
	const [{openHome}, {askHost: asked}] = await Promise.all([
		import('../views/ui/home/open-home.tsx'),
		import('../views/ui/home/press-home.ts'),
	]);
	const asking = asked(runbook, Date.now());
	const read = (give: (part: Partial<Home>) => void) => void readHosts(io).then(aliases => give({aliases}));
	const words = await untilSignal(signal => openHome(screenOf(io), signal, {version: version(), read, asking}));
	return words?.slice(-1) ?? [];
}

/** Loaded after the first page is drawn. */
async function readRunbooks(io: Io): Promise<Home['runbooks']> {
	const {findRunbooks} = await import('../runtime/settings/find-runbooks.ts');
	const {cwd, bundled} = runbookPlaces(io.cwd);
	const [own, ours] = await Promise.all([findRunbooks(cwd), findRunbooks(bundled)]);
	const name = (file: string) => file.replace(/\.(?:md|yaml)$/, '');
	return [
		...own.map(each => ({...each, isBundled: false})),
		// A file of the same name in this folder would be taken instead.
		...ours.map(each => ({...each, name: name(each.name), isBundled: true})),
	];
}

async function readScenarios(): Promise<NonNullable<Home['scenarios']>> {
	const {scenarios} = await import('../runtime/practice/scenarios.ts');
	return Object.entries(scenarios).map(([name, {title}]) => ({name, title}));
}

async function readHosts(io: Io): Promise<NonNullable<Home['aliases']>> {
	const {readAliases} = await import('../runtime/ssh/configuration/aliases.ts');
	return await readAliases(io.env);
}

async function readRuns(io: Io): Promise<Home['runs']> {
	const [{listRuns}, {findStateFolder}] = await Promise.all([
		import('../runtime/journal/list-runs.ts'),
		import('../runtime/journal/state-folder.ts'),
	]);
	return await listRuns(await findStateFolder(io.env));
}

async function untilSignal<T>(show: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.on(signal, leave);
	try {
		return await show(leaving.signal);
	} finally {
		for (const signal of signals) process.off(signal, leave);
	}
}
