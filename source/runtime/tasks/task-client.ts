import type {TaskId, TaskReport} from '../../core/run/host.ts';
import type {ByteReader} from '../hosts/byte-reader.ts';
import {type Host, handedLimit, LinkLost, type TaskSpec} from '../hosts/host.ts';
import {type Answer, drain, request, requestLine} from '../hosts/request.ts';
import type {Shell} from '../hosts/shell.ts';
import {Standing} from '../hosts/standing.ts';
import {keyboard} from './keyboard.ts';
import {supervisor} from './supervisor/supervisor.ts';
import {answered, ask, checked, parseReport, parseStillness, size, startRequest} from './task-protocol.ts';

/** Milliseconds that a question may take: a signal waits for a command that is being begun, a folder may be large. */
const patience = 60_000;

type TaskMethods =
	| 'durable'
	| 'start'
	| 'ask'
	| 'follow'
	| 'handed'
	| 'write'
	| 'type'
	| 'waits'
	| 'resize'
	| 'cancel'
	| 'reap'
	| 'tasks';

/** Tasks on a host, by its supervisor. Refusals of the host are thrown as `TaskRefused`. */
export function taskClient(shell: Shell): Pick<Host, TaskMethods> {
	/** What was started here is followed on the same channel, unless it is wanted from elsewhere. */
	const begun = new Map<TaskId, Answer>();
	/** What was said at the end of the output: it stays true. */
	const known = new Map<TaskId, TaskReport>();
	const standing = new Standing(shell, supervisor, ['serve']);
	/** Asks about a task; the answer is one line. `isRepeatable` where it does no harm to ask again. */
	const lineAbout = async (verb: string, task: TaskId, words: (string | number)[] = [], isRepeatable = true) => {
		const {text} = await standing.ask({words: [verb, checked(task), ...words], patience, isRepeatable});
		if (!text) throw new LinkLost('The host gave no answer about the task');
		return text.split('\n', 1)[0]!;
	};
	const about = async (...asked: Parameters<typeof lineAbout>) => answered(await lineAbout(...asked));

	return {
		async durable() {
			const [answer, ...why] = (await requestLine(shell, ask('probe'))).split(' ');
			return answer === 'durable' ? {can: true} : {can: false, why: why.join(' ')};
		},
		async start(spec, secrets) {
			const {task, answer} = await start(shell, spec, secrets);
			if (task === 'started') begun.set(spec.task, answer);
			else answer.kill();
			return task;
		},
		ask: async task => known.get(task) ?? report(await lineAbout('ask', task)),
		async *follow(task, offset, signal) {
			const first = begun.get(task);
			begun.delete(task);
			if (offset !== 0) first?.kill();
			const reuse = offset === 0 ? first : undefined;
			const answer = reuse ?? (await request(shell, ask('follow', [checked(task), offset])));
			const last = lastLine(answer.stderr);
			yield* output(answer, signal);
			const said = report(await last);
			if (said.is === 'ended' && !signal.aborted) known.set(task, said);
		},
		async handed(task) {
			if ((await about('left', task)) === 'left 0 0') return {stdout: new Uint8Array(), values: new Uint8Array()};
			const answer = await request(shell, ask('handed', [checked(task)]));
			drain(answer.stderr);
			const [, stdout, values] = answered((await answer.stdout.line()) ?? '')
				.split(' ')
				.map(Number);
			const bytes = await answer.stdout.all(2 * handedLimit);
			if (bytes.length !== stdout! + values!) throw new LinkLost('What the task handed on did not arrive whole');
			return {stdout: bytes.subarray(0, stdout), values: bytes.subarray(stdout)};
		},
		async write(task, bytes) {
			answered(await requestLine(shell, ask('input', [checked(task), bytes.length], [bytes])));
		},
		type: task => keyboard(shell, task),
		waits: async task => parseStillness(await about('waits', task)),
		async resize(task, rows, columns) {
			await about('resize', task, [size(rows), size(columns)]);
		},
		async cancel(task, signal) {
			await about('cancel', task, [signal], false);
		},
		async reap(task) {
			begun.get(task)?.kill();
			begun.delete(task);
			known.delete(task);
			await about('reap', task);
		},
		async tasks() {
			const answer = await request(shell, ask('list'));
			drain(answer.stderr);
			const lines = Buffer.from(await answer.stdout.all(16 << 20))
				.toString('utf8')
				.split('\n');
			if (lines.at(-2) !== 'end') throw new LinkLost('The list of tasks did not arrive whole');
			return lines.flatMap(line => /^task ([A-Za-z0-9_-][A-Za-z0-9._-]*)$/.exec(line)?.[1] ?? []);
		},
	};
}

async function start(shell: Shell, spec: TaskSpec, secrets: Record<string, Uint8Array>) {
	const answer = await request(shell, startRequest(spec, secrets));
	const line = await answer.stdout.line();
	if (line === undefined) throw new LinkLost('The connection was lost while the task was started');
	if (answered(line) !== 'started' && line !== 'exists') throw new LinkLost('The host gave no answer to the start');
	return {task: line as 'started' | 'exists', answer};
}

/** Only status 0 says that the task has ended and that all was given. */
async function* output(answer: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array> {
	signal.addEventListener('abort', answer.kill, {once: true});
	try {
		if (signal.aborted) return;
		yield* answer.stdout.rest();
		const ended = await answer.ended;
		if (signal.aborted) return;
		if (ended === 'lost' || ended.exit !== 0) throw new LinkLost('The connection was lost while output was read');
	} finally {
		signal.removeEventListener('abort', answer.kill);
		answer.kill();
	}
}

/** Nothing where the connection was lost. */
async function lastLine(stream: ByteReader): Promise<string> {
	let last = '';
	try {
		for (let line = await stream.line(); line !== undefined; line = await stream.line()) last = line || last;
	} catch {
		return '';
	}
	return last;
}

function report(line: string): TaskReport {
	try {
		return parseReport(line);
	} catch (error) {
		return {is: 'cannot-tell', why: (error as Error).message};
	}
}
