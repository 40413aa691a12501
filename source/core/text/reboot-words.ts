import type {Boot, Rebooted, RebootPhase} from '../run/reboot.ts';
import {formatDuration} from './duration.ts';
import {visibleLine} from './filter.ts';

export const phaseWords: Record<RebootPhase, string> = {
	'going-down': 'going down',
	unreachable: 'unreachable',
	'another-machine': 'ANOTHER MACHINE answers at this address',
	'ssh-up': 'SSH is up',
	'new-boot': 'a new boot answers',
};

/** What a phase means, where there is room for it. */
export const phaseHints: Partial<Record<RebootPhase, string>> = {
	'going-down': 'the boot from before still answers, or has just gone',
	'another-machine': 'nothing is run there, it is tried again',
	'new-boot': 'waiting until it has settled',
};

/** `boot 1a2b3c4d, kernel 6.1.0-13, failed: a.service`. */
export const bootWords = ({id, kernel, failed}: Boot): string =>
	[`boot ${shortId(id)}`, kernel && `kernel ${kernel}`, failed.length > 0 && `failed: ${unitWords(failed)}`]
		.filter(Boolean)
		.join(', ');

/** `away 42s, boot 1a2b3c4d after 5e6f7a8b, the same kernel 6.1.0-13`. */
export function rebootedWords({was, is, away}: Rebooted): string {
	const kernel =
		is.kernel && (is.kernel === was.kernel ? `still kernel ${is.kernel}` : `kernel ${is.kernel} after ${was.kernel}`);
	const state = is.state && is.state !== 'running' && `the system is ${is.state}`;
	return [
		away !== undefined && `away ${formatDuration(away)}`,
		`boot ${shortId(is.id)} after ${shortId(was.id)}`,
		kernel,
		state,
	]
		.filter(Boolean)
		.join(', ');
}

/** Units that failed with a reboot, as a warning; undefined where there are none. */
export const newlyFailed = ({failed}: Rebooted): string | undefined =>
	failed.length > 0 ? `failed since the reboot: ${unitWords(failed)}` : undefined;

export const foreignReboot = 'REBOOTED, and no block asked for it';

const unitWords = (units: string[]): string => {
	const shown = units.slice(0, 5).map(visibleLine).join(', ');
	return units.length > 5 ? `${shown} and ${units.length - 5} more` : shown;
};

const shortId = (id: string): string => visibleLine(id).slice(0, 8);
