import type {Event} from '../../core/run/events.ts';
import type {CommandReport, StepReport} from '../../core/run/run-report.ts';
import {blockState, type HostState} from '../../core/run/state.ts';
import {walkedItems} from '../../core/run/walk.ts';
import type {Block} from '../../core/runbook/model.ts';
import {indexOf, roleOf} from '../../core/runbook/outline.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {titleOf} from '../plain/event-line.ts';
import {blockOf, type Context, ofHosts, sectionOf} from './context.ts';

/** Every block that was walked or would have been, host by host in the document's order; then those it does not have. */
export function stepReports(context: Context, commands: CommandReport[]): StepReport[] {
	const ends = new Map(ofHosts(context, 'block.ended', 'chosen').map(event => [keyOf(event), event]));
	const latest = new Map(commands.map(command => [keyOf(command), command]));
	return context.state.order.flatMap(name => {
		const host = context.state.hosts[name]!;
		return blocksOf(context, host).map(block => {
			const key = keyOf({host: name, block});
			return rowOf(context, host, block, ends.get(key), latest.get(key));
		});
	});
}

/** The last of each key stays in a map. */
const keyOf = ({host, block}: {host: string; block: string}): string => `${host}\n${block}`;

/** What is only visited, or never walked, counts where something became of it. */
function blocksOf({state}: Context, host: HostState): string[] {
	const index = indexOf(state.runbook);
	const known = index.steps.flatMap(step => {
		const isVisited = roleOf(index, step.section.id) !== undefined;
		const walked = new Set(isVisited ? [] : walkedItems(step));
		return step.items.filter(item => walked.has(item) || Object.hasOwn(host.blocks, item.id)).map(({id}) => id);
	});
	return [...known, ...Object.keys(host.blocks).filter(id => !index.items.has(id))];
}

type End = Extract<Event, {type: 'block.ended' | 'chosen'}>;

function rowOf(
	context: Context,
	host: HostState,
	id: string,
	end: End | undefined,
	last: CommandReport | undefined,
): StepReport {
	const known = blockState(host, id);
	const block = blockOf(context, host, id);
	const word = end?.type === 'block.ended' ? end : undefined;
	return {
		host: host.name,
		section: sectionOf(context, id),
		block: id,
		kind: block?.kind ?? (last ? 'command' : null),
		text: textOf(context, block, end),
		status: known.status,
		attempts: known.attempts.length,
		exit: last?.exit ?? null,
		cause: word?.cause ?? last?.cause ?? null,
		reason: word?.reason ?? null,
		because: word?.because ?? null,
		started: last?.started ?? null,
		ended: end?.at ?? last?.ended ?? null,
		milliseconds: last?.milliseconds ?? null,
		by: end?.by ?? last?.by ?? null,
	};
}

function textOf({material}: Context, block: Block | undefined, end: End | undefined): string | null {
	if (end?.type === 'chosen') return titleOf(material.runbook, end.section);
	return block?.kind === 'manual' ? visibleLine(block.text) : null;
}
