import {exitCode, exitCodes} from '../core/run/exit-code.ts';
import {currentHost, runningTask} from '../core/run/state.ts';
import type {Intent} from '../core/run/told.ts';
import {visibleLine} from '../core/text/filter.ts';
import {refusalWords} from '../core/text/words.ts';
import {watchHealth} from '../runtime/engine/health.ts';
import type {Session} from '../runtime/engine/session.ts';
import {keepReceipt} from '../runtime/journal/receipt-file.ts';
import type {GivenSecrets} from '../runtime/settings/read-secret.ts';
import {openTrust} from '../runtime/settings/trust.ts';
import {askLogin} from '../views/plain/ask-login.ts';
import {personAnswers} from '../views/plain/ask-person.ts';
import {closingLines} from '../views/plain/closing-lines.ts';
import {pacedBy} from '../views/plain/paced-by.ts';
import {plainPaper} from '../views/plain/paper.ts';
import {printSession} from '../views/plain/printer.ts';
import {Prompt} from '../views/plain/prompt.ts';
import {ProseReader} from '../views/plain/prose-reader.ts';
import type {Reading} from '../views/plain/reading.ts';
import {type Answerer, type Attention, walkPlain} from '../views/plain/walk-plain.ts';
import {answers, failedBefore} from './answers.ts';
import {type FlagValues, type Io, UsageError} from './command.ts';
import {driveScreen} from './drive-screen.ts';
import {wantsScreen} from './screen.ts';
import type {walkFlags} from './walk-flags.ts';

type Flags = FlagValues<typeof walkFlags>;

export type Drive = {
	io: Io;
	flags: Flags;
	stateFolder: string;
	secrets: GivenSecrets;
	/** Told first: overrides, variables, a jump. */
	first: Intent[];
	/** The run is meant to come back: rolled back is its success. */
	isRollback: boolean;
	isResume: boolean;
};

/** Walks a session in lines to its end or to where it stops, and resolves to the exit code. */
export async function drive(session: Session, begin: () => Promise<void>, options: Drive): Promise<number> {
	const {io, flags} = options;
	const stopTrusting = await rememberTrust(session, options.stateFolder);
	const leaving = new AbortController();
	const isScreen = wantsScreen(io, flags);
	const prompt = io.isTerminal && !flags.json && !isScreen ? new Prompt(io.stdin, io.stdout) : undefined;
	if (prompt?.columns) session.terminals.resize({rows: 24, columns: prompt.columns});
	const reading = prompt && readingOf(prompt);
	const person = prompt && personAnswers(session, prompt, reading!);
	const attention = person && {isWanted: false, answer: person, login: byPrompt(prompt)};
	const stopListening = onSignals(signal => {
		// A second one means at once: the run is open whatever is still under way here.
		if (leaving.signal.aborted) process.exit(exitCodes.open);
		// While a task runs, ctrl-c asks what to do about it.
		const isAsking = signal === 'SIGINT' && attention && !attention.isWanted && !prompt.isAsking && isBusy(session);
		if (!isAsking) return leaving.abort(`signal ${signal}`);
		attention.isWanted = true;
		session.publish({kind: 'session'});
	});
	// Where nobody reads what happens any more (`| head`), nothing new is started.
	const stopReading = () => leaving.abort('nobody reads the output any more');
	io.stdout.once('error', stopReading);
	if (!isScreen) session.pace = () => pacedBy(io.stdout);
	// In lines nobody sees the gauges, but what they cross is recorded.
	void watchHealth(session, isScreen ? 3000 : 10_000);
	const stopPrinting = isScreen
		? () => undefined
		: printSession(session, prompt ?? plainPaper(io.stdout), flags.json, reading);
	session.subscribe(change => {
		if (flags.json && change.kind === 'remark') io.stderr.write(`handrail: ${visibleLine(change.text)}\n`);
	});
	try {
		await begin();
		for (const intent of options.first) {
			const refusal = await session.tell(intent);
			if (refusal)
				throw new UsageError(`Not possible: ${refusalWords(refusal)}`, `The run ${session.world.folder.id} is open.`);
		}
		const allowed = {
			yes: flags.yes,
			confirm: flags.confirm,
			skipManual: flags['skip-manual'],
			trust: flags.trust,
			retry: options.isResume ? failedBefore(session) : new Set<string>(),
		};
		const byFlags = (by: Answerer | undefined) => answers(session, allowed, options.secrets, by);
		const outcome = isScreen
			? await driveScreen(session, io, byFlags, leaving.signal)
			: await walkPlain(session, byFlags(person), leaving.signal, attention);
		await endIfNeverBegun(session, outcome.code);
		await keepReceipt(session).catch(error => io.stderr.write(`handrail: ${visibleLine(error.message)}\n`));
		const code = isHopeless(outcome.code) ? outcome.code : exitCode(session.state, outcome.code, options.isRollback);
		(flags.json ? io.stderr : io.stdout).write(closingLines(session, outcome));
		return code;
	} finally {
		prompt?.close();
		io.stdout.off('error', stopReading);
		stopListening();
		stopPrinting();
		stopTrusting();
		for (const secret of options.secrets.values()) secret.fill(0);
		await session.close();
	}
}

/** A host that was never reached leaves nothing to go on with: the run is over, and no open one is left to be tidied. */
async function endIfNeverBegun(session: Session, code: number | undefined): Promise<void> {
	const {hosts} = session.state;
	if (!isHopeless(code) || Object.values(hosts).some(host => host.identity)) return;
	await session.tell({type: 'abort', reason: 'no connection could be made'}).catch(() => undefined);
}

/** No connection, or a configuration that allows none: whatever became of the run, that is the answer. */
const isHopeless = (code: number | undefined): code is number =>
	code === exitCodes.notConnected || code === exitCodes.usage;

/** What was agreed to once is not asked again for the same bytes. */
async function rememberTrust(session: Session, stateFolder: string): Promise<() => void> {
	const trust = await openTrust(stateFolder);
	return session.subscribe(change => {
		if (change.kind !== 'events') return;
		for (const event of change.events) {
			if (event.type !== 'run.trusted') continue;
			const {runbook} = session.state.beginning!;
			const agreement = {sha256: runbook.sha256, at: event.at, by: session.world.by.login, file: runbook.file};
			trust.remember(agreement).catch(() => undefined);
		}
	});
}

const byPrompt =
	(prompt: Prompt): Attention['login'] =>
	async (asked, signal) =>
		await askLogin(asked, prompt, signal);

const readingOf = (prompt: Prompt): Reading => ({
	prose: new ProseReader(prompt),
	commands: new Set(),
	outputs: new Set(),
});

function isBusy({state}: Session): boolean {
	const host = currentHost(state);
	return host !== undefined && runningTask(host) !== undefined;
}

/** A signal leaves the run open. */
function onSignals(listener: (signal: string) => void): () => void {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) process.on(signal, listener);
	return () => {
		for (const signal of signals) process.off(signal, listener);
	};
}
