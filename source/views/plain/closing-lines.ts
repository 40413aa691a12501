import {currentHost} from '../../core/run/state.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {endWords} from '../../core/text/words.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {titleOf} from './event-line.ts';
import type {Outcome} from './walk-plain.ts';

/** The last lines of a walk: the head of the record, the state, and the command that goes on. */
export function closingLines(session: Session, outcome: Outcome): string {
	const {state, head, world} = session;
	const {id} = world.folder;
	const lines = [`record ${world.folder.path}`, `head ${head.hash} (event ${head.seq})`];
	if (outcome.why)
		lines.push(`stopped: ${visibleLine(outcome.why)}${outcome.hint ? ` - ${visibleLine(outcome.hint)}` : ''}`);
	if (state.ended) {
		lines.push(`run ${id} ${endWords[state.ended]} on ${state.order.join(', ')}; see: handrail report ${id}`);
	} else {
		const host = currentHost(state);
		const at = host ? ` on ${host.name} at "${titleOf(state.runbook, host.at)}"` : '';
		lines.push(`run ${id} is open${at}; go on: handrail resume ${id}`);
	}
	return `${lines.join('\n')}\n`;
}
