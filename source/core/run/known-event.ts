import type {Event} from './events.ts';

/**
 * Whether an event has the type and the fields that this version knows, so that what reads it finds what it expects.
 * A journal may be a newer one's, or come from another hand.
 */
export function isKnownEvent(event: Event): boolean {
	const shape = Object.hasOwn(shapes, event.type) ? shapes[event.type] : undefined;
	return shape !== undefined && fits(shape, event) && (event.by === undefined || fits(person, event.by));
}

/** Every type of event that this version knows. */
export const eventTypes = (): string[] => Object.keys(shapes);

type Shape = ((value: unknown) => boolean) | {[field: string]: Shape};

function fits(shape: Shape, value: unknown): boolean {
	if (typeof shape === 'function') return shape(value);
	return isObject(value) && Object.entries(shape).every(([field, inner]) => fits(inner, value[field]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Shape = value => typeof value === 'string';
/** A key of objects: none of the names that every object has. */
const id: Shape = value => typeof value === 'string' && !(value in {});
const number: Shape = value => typeof value === 'number';
const flag: Shape = value => typeof value === 'boolean';
const optional =
	(shape: Shape): Shape =>
	value =>
		value === undefined || fits(shape, value);
const nullable =
	(shape: Shape): Shape =>
	value =>
		value === null || fits(shape, value);
const list =
	(shape: Shape): Shape =>
	value =>
		Array.isArray(value) && value.every(each => fits(shape, each));
const record =
	(shape: Shape): Shape =>
	value =>
		isObject(value) && Object.values(value).every(each => fits(shape, each));

const person = {login: text, uid: number, sudo: optional(text), from: optional(text)};
const identity = {machineId: text, hostKey: text, ownName: text};
const owner = {owner: text, run: text, since: text};
const edited = optional({script: text, reason: text});
const request = {id: number, block: id, edited};
const judgement = {guard: id, holds: flag, evidence: text, exempt: optional(flag), overridden: optional(text)};
const reading = {value: optional(number), unit: text, state: text, why: text};
const about: Shape = value => {
	const kind = isObject(value) ? String(value['kind']) : '';
	return Object.hasOwn(deviations, kind) && fits(deviations[kind]!, value);
};
const block = {block: id};
const deviations: Partial<Record<string, Shape>> = {
	skip: block,
	edit: block,
	settle: block,
	jump: {from: text, to: text, over: list(text)},
	override: {guard: id, evidence: text},
	'break-lock': {owner},
};
const login: Shape = value => {
	const kind = isObject(value) ? String(value['kind']) : '';
	return Object.hasOwn(logins, kind) && fits(logins[kind]!, value);
};
const logins: Partial<Record<string, Shape>> = {
	'host-key': {name: text, type: text, fingerprint: text},
	passphrase: {file: text},
	password: {user: text},
	prompt: {user: text},
};
const seen = optional({
	matched: optional(flag),
	failure: optional(text),
	entries: optional(list(text)),
	sha256: optional(text),
	incomplete: optional(text),
});
const exit = optional(number);
const report = {is: text, exit, bytes: optional(number), why: optional(text)};
const task = {task: id};
const finding: Shape = value => {
	const is = isObject(value) ? String(value['is']) : '';
	return Object.hasOwn(findings, is) && fits(findings[is]!, value);
};
const findings: Partial<Record<string, Shape>> = {
	booted: {since: text, rebooted: nullable(flag)},
	'at-work': {pid: number, user: text, text},
	'none-at-work': {},
	'package-tool': {pid: number, name: text},
	'dpkg-interrupted': {},
	'dpkg-audit': {lines: list(text)},
	'dpkg-unfinished': {lines: list(text)},
	'dpkg-clean': {},
	apt: {started: text, ended: nullable(text)},
	dnf: {transaction: number, at: text, marks: text},
	'rpm-database': {why: nullable(text)},
	output: {lines: list(text)},
	unread: {what: text, why: text},
};
const boot = {id: text, kernel: text, failed: list(text), state: text};

const shapes: {[T in Event['type']]: Shape} = {
	'run.started': {
		journal: number,
		handrail: text,
		run: text,
		runbook: {title: text, file: text, sha256: text, form: text, bundled: flag},
		hosts: list(id),
		rollback: optional({of: text, options: record(text), values: record(record(text))}),
	},
	'run.resumed': {handrail: text},
	'run.trusted': {},
	'run.left': {why: text},
	'run.ended': {end: text},
	'override.given': {guard: id, reason: text},
	'input.given': {name: id, value: optional(text)},
	note: {text},
	deviation: {about, reason: text},
	recovered: {bytes: number, kept: text},
	'host.met': {identity, bootId: text, facts: record(text)},
	'identity.confirmed': {identity},
	'login.answered': {machine: optional(text), about: login, given: flag},
	'link.lost': {why: text},
	'reboot.began': {...task, before: boot},
	'reboot.phase': {...task, phase: text, why: optional(text)},
	'reboot.late': {...task, which: text, after: number, console: optional(text)},
	rebooted: {task: optional(id), was: boot, is: boot, away: optional(number), failed: list(text)},
	'fact.given': {key: id, value: text},
	'sudo.answered': {is: text, user: text, why: optional(text)},
	'sudo.declined': {},
	'earlier.found': {
		tasks: list({
			...task,
			run: text,
			since: nullable(text),
			days: nullable(number),
			here: text,
			holdsLock: flag,
			report,
		}),
	},
	'earlier.wanted': {tasks: list(id), what: text},
	'earlier.reported': {...task, report, copied: optional(number), sha256: optional(text)},
	'earlier.removed': task,
	'earlier.kept': {...task, why: text},
	'lock.taken': {since: text},
	'durable.answered': {on: id, can: flag, why: optional(text)},
	'lock.broken': {owner},
	'lock.released': {},
	'request.made': {request},
	'request.refused': {request, guards: list(judgement)},
	'request.dropped': {request},
	sampled: {moment: text, readings: record(reading)},
	'gauge.crossed': {gauge: text, was: text, reading},
	'ways.asked': {},
	probed: {block: id, answer: text, evidence: text},
	judged: judgement,
	'host.ending': {end: text, reason: optional(text)},
	'host.ended': {end: text},
	'task.planned': {
		...task,
		block: id,
		variant: optional(number),
		attempt: number,
		risk: text,
		edited,
		scopes: optional(list(text)),
	},
	'task.reported': {...task, report, seen},
	'task.overdue': task,
	'task.looked': task,
	'task.examined': {...task, findings: list(finding)},
	'task.waited': task,
	'task.silent': {...task, waits: text, bytes: number},
	'task.answered': {...task, how: text},
	'task.cancelled': {...task, signal: text, cause: text},
	'signal.refused': {...task, signal: text, why: text},
	'task.reaped': task,
	'values.captured': {...task, values: record(text), dropped: list(text), withheld: optional(list(id))},
	'block.ended': {block: id, end: text, because: optional(text), cause: optional(text), exit, reason: optional(text)},
	walked: {to: id, how: text, reason: optional(text)},
	chosen: {block: id, section: id},
};
