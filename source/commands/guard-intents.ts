import {decide} from '../core/run/decide.ts';
import {initialState} from '../core/run/state.ts';
import type {Intent} from '../core/run/told.ts';
import type {Runbook} from '../core/runbook/model.ts';
import {refusalWords} from '../core/text/words.ts';
import {UsageError} from './command.ts';

/** What the flags answer to guards, checked before anything is begun. Throws `UsageError`. */
export function guardIntents(
	runbook: Runbook,
	flags: {override: string[]; 'break-lock': string | undefined},
): Intent[] {
	const intents: Intent[] = flags.override.map(override);
	if (flags['break-lock'] !== undefined) intents.push({type: 'break-lock', reason: flags['break-lock']});
	for (const what of intents) {
		const decision = decide(initialState(runbook), {host: null, what});
		if (!('refused' in decision)) continue;
		const flag = what.type === 'override' ? `--override ${what.guard}` : '--break-lock';
		const hint =
			'A reason answers window, promotion, environment, rollback and gauges; the lock has --break-lock REASON.';
		throw new UsageError(`${flag}: ${refusalWords(decision.refused)}`, hint);
	}
	return intents;
}

function override(flag: string): Intent {
	const at = flag.indexOf('=');
	const [guard, reason] = [flag.slice(0, at), flag.slice(at + 1)];
	if (at <= 0 || !reason.trim())
		throw new UsageError('--override takes GUARD=REASON', 'For example: --override window="emergency CHG01234"');
	return {type: 'override', guard, reason};
}
