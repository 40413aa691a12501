import type {Event} from '../../core/run/events.ts';
import type {FailureReport} from '../../core/run/run-report.ts';
import {titleOf} from '../plain/event-line.ts';
import {type Context, ofHosts, sectionOf} from './context.ts';

type Ended = Extract<Event, {type: 'block.ended'}> & {host: string};

/** Every time that a block failed, or that nobody could say how it ended, and what became of it next. */
export function failureReports(context: Context): FailureReport[] {
	const events = ofHosts(context, 'block.ended', 'task.planned', 'task.reported');
	return events.flatMap((event, index) => {
		if (event.type !== 'block.ended' || (event.end !== 'failed' && event.end !== 'unknown')) return [];
		const before = events.slice(0, index + 1);
		const task = before.findLast(
			each => each.type === 'task.planned' && each.host === event.host && each.block === event.block,
		);
		const next = events
			.slice(index + 1)
			.find(each => each.type === 'block.ended' && each.host === event.host && each.block === event.block);
		return [{...failureOf(context, event, event.end, task, before, next), findings: findingsOf(context, event, task)}];
	});
}

function failureOf(
	context: Context,
	event: Ended,
	end: 'failed' | 'unknown',
	planned: Event | undefined,
	before: Event[],
	next: Event | undefined,
): Omit<FailureReport, 'findings'> {
	const task = planned?.type === 'task.planned' ? planned.task : null;
	const reported = before.findLast(each => each.type === 'task.reported' && each.task === task);
	const entries = (reported?.type === 'task.reported' && reported.seen?.entries) || [];
	return {
		at: event.at,
		host: event.host,
		section: sectionOf(context, event.block),
		block: event.block,
		task,
		end,
		exit: event.exit ?? null,
		cause: event.cause ?? null,
		reason: event.reason ?? null,
		entries: entries.map(section => titleOf(context.material.runbook, section)),
		became: next?.type === 'block.ended' ? becameOf(next) : null,
	};
}

function findingsOf(context: Context, {end}: Ended, planned: Event | undefined): FailureReport['findings'] {
	if (end !== 'unknown' || planned?.type !== 'task.planned') return null;
	return ofHosts(context, 'task.examined').findLast(({task}) => task === planned.task)?.findings ?? null;
}

const becameOf = ({at, end, because, reason, by}: Extract<Event, {type: 'block.ended'}>) => ({
	at,
	end,
	because: because ?? null,
	reason: reason ?? null,
	by: by ?? null,
});
