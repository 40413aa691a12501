import type {HostState, RunState} from '../../../core/run/state.ts';
import {stepsInScope} from '../../../core/run/walk.ts';
import {indexOf} from '../../../core/runbook/outline.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {fit, type Row} from '../../../core/text/row.ts';
import type {Context} from './keys.ts';
import {numberOf} from './section-numbers.ts';
import {panes} from './ui-state.ts';

/** Which section is shown, and which step of how many the walk is at; on a small screen which pane. */
export function titleRow({model, ui}: Context, width: number, isSingle: boolean): Row {
	const {state, host} = model;
	const section = indexOf(state.runbook).sections.get(ui.cursor ?? host.at)?.section;
	const number = section ? numberOf(state.runbook, section) : '';
	const title = section ? visibleLine(number ? `${number} ${section.title}` : section.title) : 'Preparing';
	const words = ui.cursor === undefined || ui.cursor === host.at ? title : `(looking at) ${title}`;
	const right = isSingle
		? ` [${ui.pane} ${panes.indexOf(ui.pane) + 1}/${panes.length}: tab]`
		: ` ${stepCount(state, host)}`;
	return [{text: fit(words, Math.max(4, width - right.length)), bold: true}, {text: right}];
}

/** Steps of what is walked in passing: of the whole document, or of the visit under way. */
function stepCount(state: RunState, host: HostState): string {
	const steps = stepsInScope(state, host);
	const at = steps.findIndex(step => step.section.id === host.at);
	const visit = host.visits.length > 0 ? 'visit, ' : '';
	return at < 0 ? '' : `${visit}step ${at + 1}/${steps.length}`;
}
