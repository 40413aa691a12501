import {type BlockStatus, blockState, type HostState} from '../../../core/run/state.ts';
import type {Section} from '../../../core/runbook/model.ts';
import {blocksOf, isWalked} from '../../../core/runbook/outline.ts';
import type {StepState} from '../../../core/text/glyphs.ts';

/** How a section stands, with all that it holds: blocks done of those that are for this host. */
export type Progress = {status: StepState; done: number; all: number};

type Counts = Partial<Record<BlockStatus, number>>;

const known = new WeakMap<HostState['blocks'], Map<string, Counts>>();

export function progressOf(host: HostState, section: Section): Progress {
	const counts = countsOf(host, section);
	const of = (...statuses: BlockStatus[]) => statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
	const every = of('todo', 'running', 'done', 'failed', 'skipped', 'not-applicable', 'undone', 'unknown');
	const all = every - of('not-applicable');
	return {status: statusOf(counts, every), done: of('done', 'skipped', 'undone'), all};
}

/** Counted once for each state of the host: a document may have ten thousand sections. */
function countsOf(host: HostState, section: Section): Counts {
	const cache = known.get(host.blocks) ?? new Map<string, Counts>();
	known.set(host.blocks, cache);
	const before = cache.get(section.id);
	if (before) return before;
	const counts: Counts = {};
	const ids = new Set(
		blocksOf(section)
			.filter(isWalked)
			.map(block => block.id),
	);
	for (const id of ids) {
		const {status} = blockState(host, id);
		counts[status] = (counts[status] ?? 0) + 1;
	}
	for (const inner of section.sections) {
		for (const [status, count] of Object.entries(countsOf(host, inner))) {
			counts[status as BlockStatus] = (counts[status as BlockStatus] ?? 0) + count;
		}
	}
	cache.set(section.id, counts);
	return counts;
}

/** The most pressing state of what a section holds. */
function statusOf(counts: Counts, every: number): StepState {
	if (every === 0) return 'visited';
	for (const pressing of ['unknown', 'failed', 'running'] as const) if (counts[pressing]) return pressing;
	if (counts['not-applicable'] === every) return 'not-applicable';
	if (counts.todo) return 'todo';
	return counts.skipped ? 'skipped' : counts.undone ? 'undone' : 'done';
}
