import {roleOfTitle} from '../draft/section-role.ts';
import {formatDuration} from '../duration.ts';
import type {Command, Manual, Risk, Section, Symptom} from '../model.ts';
import {formatRequire} from '../require.ts';
import {formatWhen} from '../when.ts';

/** What is said of something beyond its text, in the words of the document; `true` for an attribute without a value. */
export type AttributeList = [name: string, value: string | true][];

/** What makes this command what it is, without what its place says anyway; none for a bare fence. */
export function attributeList(command: Command, isInRollback: boolean): AttributeList {
	if (!command.attributed) return [];
	const {role, gauge} = command;
	const said = given([
		['name', command.name],
		role === 'gauge' ? ['gauge', gauge?.name] : [role, role !== 'run'],
		['when', formatWhen(command.when)],
		['risk', command.risk === defaultRisk(command, isInRollback) ? undefined : command.risk],
		['on', command.on === 'control' ? 'control' : undefined],
		['interpreter', command.interpreter],
		['cwd', command.cwd],
		['sudo', command.sudo],
		['tty', command.tty],
		['durable', command.durable],
		['reboots', command.reboots],
		['sensitive', command.sensitive],
		['once', command.once],
		['errexit', command.errexit ? undefined : 'no'],
		['timeout', duration(command.timeout)],
		['idle', duration(command.idle)],
		['retries', command.retries > 0 ? String(command.retries) : undefined],
		['expect', command.expect.join() === '0' ? undefined : command.expect.join()],
		['warn', command.warn.join()],
		['match', command.match],
		['fail-match', command.failMatch],
		['capture', command.capture],
		['undo', command.undoAtEnd ? 'at-end' : undefined],
		['rollback', command.rollback.join()],
		['closes', command.closes.join()],
		['takes', duration(command.takes)],
		['loses', command.loses],
		['unit', gauge?.unit],
		['high', gauge?.high?.toString()],
		['critical', gauge?.critical?.toString()],
	]);
	// An attribute that only repeats the default still says that the author meant this fence.
	return said.length > 0 ? said : [[role, true]];
}

export const manualList = ({name, when, once}: Manual): AttributeList =>
	given([
		['name', name],
		['when', formatWhen(when)],
		['once', once],
	]);

export const symptomList = ({when}: Symptom): AttributeList => given([['when', formatWhen(when)]]);

/** `isOnly`: there is no section beside it; then its heading gives it no role. */
export function sectionList({title, role, when, require, takes, loses}: Section, isOnly: boolean): AttributeList {
	const named = isOnly ? undefined : roleOfTitle(title);
	return given([
		['role', role === named ? undefined : (role ?? 'none')],
		['when', formatWhen(when)],
		['require', formatRequire(require)],
		['takes', duration(takes)],
		['loses', loses],
	]);
}

const given = (all: [string, string | boolean | undefined][]): AttributeList =>
	all.filter((entry): entry is [string, string | true] => Boolean(entry[1]));

const duration = (value: number | undefined) => (value === undefined ? undefined : formatDuration(value));

function defaultRisk({role, reboots}: Command, isInRollback: boolean): Risk {
	if (role === 'undo' || reboots || (role === 'run' && isInRollback)) return 'disrupts';
	return role === 'run' || role === 'example' ? 'changes' : 'reads';
}
