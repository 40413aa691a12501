import {formatDuration} from '../../core/runbook/duration.ts';
import type {Command} from '../../core/runbook/model.ts';
import {formatWhen} from '../../core/runbook/when.ts';

/** What is special about a command, in words: `run, changes, when pm=apt, outlives a lost connection`. */
export function commandNotes(command: Command): string {
	return [
		command.role === 'gauge' ? `gauge ${command.gauge?.name}` : command.role,
		command.risk,
		...notes(command),
	].join(', ');
}

function notes(command: Command): string[] {
	const codes = command.expect.join(',');
	return [
		command.when.length > 0 && `when ${formatWhen(command.when)}`,
		command.placeholders.length > 0 && `needs an edit: ${command.placeholders.join(' ')}`,
		command.on === 'control' && 'on this machine, not on the host',
		command.sudo && 'as root',
		command.durable && 'durable',
		command.reboots && 'reboots the host',
		command.tty && 'needs a terminal',
		command.once && 'once, not for each host',
		command.sensitive && 'its output is not kept',
		command.undoAtEnd && 'to be undone before the run ends',
		command.rollback.length > 0 && `undone by ${command.rollback.join(', ')}`,
		command.closes.length > 0 && `after it there is no ${command.closes.join(', ')}`,
		codes !== '0' && `succeeds with ${codes}`,
		command.warn.length > 0 && `warns with ${command.warn.join(',')}`,
		command.match !== undefined && `output must contain "${command.match}"`,
		command.failMatch !== undefined && `output must not contain "${command.failMatch}"`,
		command.capture !== undefined && `captures ${command.capture}`,
		command.retries > 0 && `retries ${command.retries}`,
		!command.errexit && 'goes on after an error',
		command.timeout !== undefined && `time limit ${formatDuration(command.timeout)}`,
		command.idle !== undefined && `asks after ${formatDuration(command.idle)} of silence`,
		command.takes !== undefined && `takes ${formatDuration(command.takes)}`,
		command.loses !== undefined && `loses "${command.loses}"`,
		command.cwd !== undefined && `in ${command.cwd}`,
		command.interpreter !== undefined && `by ${command.interpreter}`,
		command.gauge !== undefined && thresholds(command.gauge),
		!command.attributed && 'bare: never confirmed unattended',
	].filter(note => typeof note === 'string' && note !== '') as string[];
}

const thresholds = ({unit, high, critical}: NonNullable<Command['gauge']>) =>
	[
		unit && `in ${unit}`,
		high !== undefined && `high from ${high}`,
		critical !== undefined && `critical from ${critical}`,
	]
		.filter(Boolean)
		.join(', ');
