import type {Command, Risk} from './model.ts';
import {durationText, whenText} from './terms-text.ts';

/** What was said of a command beyond its text, in the words of the document; `true` for an attribute without a value. */
export type AttributeList = [name: string, value: string | true][];

/** The attributes that make this command what it is; those that only repeat a default of their place are left out. */
export function attributeList(command: Command, isInRollback: boolean): AttributeList {
	const {role, gauge} = command;
	const all: [string, string | boolean | undefined][] = [
		['name', command.name],
		role === 'gauge' ? ['gauge', gauge?.name] : [role, role !== 'run'],
		['when', whenText(command.when) || undefined],
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
		['warn', command.warn.join() || undefined],
		['match', command.match],
		['fail-match', command.failMatch],
		['capture', command.capture],
		['undo', command.undoAtEnd ? 'at-end' : undefined],
		['rollback', command.rollback.join() || undefined],
		['closes', command.closes.join() || undefined],
		['takes', duration(command.takes)],
		['loses', command.loses],
		['unit', gauge?.unit || undefined],
		['high', number(gauge?.high)],
		['critical', number(gauge?.critical)],
	];
	return all.filter((entry): entry is [string, string | true] => entry[1] !== undefined && entry[1] !== false);
}

const duration = (value: number | undefined) => (value === undefined ? undefined : durationText(value));
const number = (value: number | undefined) => (value === undefined ? undefined : String(value));

function defaultRisk({role, reboots}: Command, isInRollback: boolean): Risk {
	if (role === 'undo' || reboots || (role === 'run' && isInRollback)) return 'disrupts';
	return role === 'run' || role === 'example' ? 'changes' : 'reads';
}
