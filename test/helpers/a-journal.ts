import {hash} from 'node:crypto';
import type {Event, NewEvent} from '../../source/core/run/events.ts';
import type {Material} from '../../source/core/run/run-report.ts';
import {readDocument} from '../../source/core/runbook/read-document.ts';

/** A machine that wrote it, and a second between one event and the next. */
const from = Date.UTC(2026, 10, 22, 19, 21);
const boot = 'boot-1';

export type Chained = {events: Event[]; head: string; lines: string};

/** Events as a journal has them: numbered, a second apart, each naming the line before it. */
export function chained(news: NewEvent[]): Chained {
	let head = '0'.repeat(64);
	const lines = news.map((event, index) => {
		const at = new Date(from + index * 1000).toISOString();
		const first = index === 0 ? {boot} : {};
		const line = JSON.stringify({seq: index + 1, at, up: 1000 * index, ...first, ...event, prev: head});
		head = hash('sha256', line);
		return line;
	});
	return {events: lines.map(line => JSON.parse(line)), head, lines: `${lines.join('\n')}\n`};
}

/** What a run's folder would hold, with these events and this runbook. */
export function materialOf(news: NewEvent[], markdown: string, more: Partial<Material> = {}): Material {
	const {events, head} = chained(news);
	const [first] = events;
	const run = first?.type === 'run.started' ? first.run : '';
	return {
		run,
		events,
		verdict: {run, isUnchanged: true, events: events.length, head, upTo: null, torn: 0, changes: []},
		isNewer: false,
		runbook: readDocument(Buffer.from(markdown), 'patch.md').runbook,
		problems: [],
		tasks: {},
		receipt: undefined,
		driven: null,
		...more,
	};
}
