import type {BlockStatus, HostState, RunState} from '../../../core/run/state.ts';
import {obligations} from '../../../core/run/walk.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {glyphs} from '../../../core/text/glyphs.ts';
import {endWords} from '../../../core/text/words.ts';

/** What came of a run, a few lines: on the last screen, and on the normal one after leaving. `took` in milliseconds. */
export function summaryLines(state: RunState, took: number, isPractice: boolean): string[] {
	const what = state.ended ? endWords[state.ended] : 'open';
	const title = visibleLine(state.runbook.title);
	return [
		`${title}: ${what}, after ${formatDuration(took)}${isPractice ? ', for practice' : ''}`,
		...state.order.map(name => hostLine(state, state.hosts[name]!)),
	];
}

function hostLine(state: RunState, host: HostState): string {
	const counts = new Map<BlockStatus, number>();
	for (const {status} of Object.values(host.blocks)) counts.set(status, (counts.get(status) ?? 0) + 1);
	const said = shown.flatMap(status => (counts.has(status) ? [`${counts.get(status)} ${glyphs[status].word}`] : []));
	const owed = state.ended ? [] : obligations(state, host).map(({item}) => item.id);
	return [
		`${visibleLine(host.name)}: ${said.join(', ') || 'nothing was run'}`,
		changeWords(host.changes),
		owed.length > 0 ? `still to be undone: ${owed.join(', ')}` : '',
	]
		.filter(Boolean)
		.join('; ');
}

const changeWords = (count: number): string =>
	count === 0 ? 'nothing was changed' : count === 1 ? '1 change' : `${count} changes`;

const shown: BlockStatus[] = ['done', 'undone', 'skipped', 'failed', 'unknown', 'running'];
