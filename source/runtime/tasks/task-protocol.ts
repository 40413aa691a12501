import type {TaskId, TaskReport} from '../../core/run/host.ts';
import {sudoSecret} from '../../core/run/sudo.ts';
import type {Stillness} from '../../core/run/waiting.ts';
import type {ReadSpec, TaskSpec} from '../hosts/host.ts';
import type {Request} from '../hosts/request.ts';
import {assignments, quote} from './quote.ts';
import {supervisor} from './supervisor/supervisor.ts';

/** The host said no, in one line: nothing was done. */
export class TaskRefused extends Error {
	override name = 'TaskRefused';
}

/** A request of the supervisor; everything but small plain words goes by standard input. */
export function ask(verb: string, words: (string | number)[] = [], payload: Uint8Array[] = []): Request {
	return {program: supervisor, words: [verb, ...words], payload};
}

export function startRequest(spec: TaskSpec, secrets: Record<string, Uint8Array>): Request {
	const parts = [settingsOf(spec), assignments(spec.values, true), spec.script].map(text => Buffer.from(text));
	const secret = Buffer.from(assignments(secretTexts(spec, secrets), false));
	const payload = [...parts, secret, spec.askpass ? secretValue(sudoSecret, secrets) : new Uint8Array()];
	return ask('start', [checked(spec.task), ...payload.map(part => part.length)], payload);
}

export function readRequest(spec: ReadSpec): Request {
	const settings = `interpreter=${quote(spec.interpreter.map(quote).join(' '))}\nsudo=${spec.sudo ? 'yes' : ''}\n`;
	const texts = [settings, assignments(spec.values, true), spec.script].map(text => Buffer.from(text));
	const payload = [...texts, spec.password ?? new Uint8Array()];
	return ask(
		'attend',
		payload.map(part => part.length),
		payload,
	);
}

/** Throws `TaskRefused` for a refusal, RangeError for what is no report. */
export function parseReport(line: string): TaskReport {
	const [is, first, second, third] = answered(line).split(' ');
	if (is === 'none') return {is};
	if (is === 'starting' || is === 'running') return {is: 'running', bytes: count(first)};
	if (is === 'ended') {
		return {is, exit: count(first), bytes: count(second), ...(third === 'refused' && {sudoRefused: true as const})};
	}
	if (is === 'lost') return {is, rebooted: first === 'yes', alive: second === 'yes'};
	throw new RangeError(`The host gave no report: ${JSON.stringify(line.slice(0, 100))}`);
}

/** Throws RangeError for what is no such answer. */
export function parseStillness(line: string): Stillness {
	const [, lines, shows, reads] = /^waits (yes|no|-) (yes|no|-) (yes|no|hidden)$/.exec(line) ?? [];
	if (reads === undefined) throw new RangeError('The host did not say what the task waits for');
	return {
		...(lines !== '-' && {terminal: {isCanonical: lines === 'yes', isEchoing: shows === 'yes'}}),
		reads: reads as Stillness['reads'],
	};
}

/** The line itself. Throws `TaskRefused` where it is a refusal. */
export function answered(line: string): string {
	if (line.startsWith('refused ')) throw new TaskRefused(line.slice('refused '.length));
	return line;
}

/** The id. Throws where it could not be a folder's name. */
export function checked(task: TaskId): TaskId {
	if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/.test(task))
		throw new RangeError(`Not a task's id: ${JSON.stringify(task)}`);
	return task;
}

function settingsOf({interpreter, cwd = '', capture, sudo, askpass, tty, secrets, durable}: TaskSpec): string {
	const settings = {
		interpreter: interpreter.map(quote).join(' '),
		cwd,
		capture: capture ? 'yes' : '',
		durable: durable ? 'yes' : '',
		sudo: sudo ? 'yes' : '',
		askpass: askpass ? 'yes' : '',
		tty: tty ? `${size(tty.rows)} ${size(tty.columns)}` : '',
		secrets: secrets.length > 0 ? 'yes' : '',
	};
	return Object.entries(settings)
		.map(([name, value]) => `${name}=${quote(value)}\n`)
		.join('');
}

function secretTexts(spec: TaskSpec, secrets: Record<string, Uint8Array>): Record<string, string> {
	return Object.fromEntries(spec.secrets.map(name => [name, Buffer.from(secretValue(name, secrets)).toString('utf8')]));
}

function secretValue(name: string, secrets: Record<string, Uint8Array>): Uint8Array {
	const value = secrets[name];
	if (!value) throw new RangeError(`No value for the secret ${name}`);
	return value;
}

/** A terminal's side as a number of cells that every terminal takes. */
export function size(cells: number): number {
	return Math.min(9999, Math.max(1, Math.trunc(cells) || 1));
}

function count(text: string | undefined): number {
	if (!text || !/^\d{1,15}$/.test(text)) throw new RangeError('The host gave no number where one was due');
	return Number(text);
}
