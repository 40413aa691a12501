import type {GuardReport} from '../../core/run/run-report.ts';
import {type Context, ofHosts} from './context.ts';

/** Each guard as it was judged for a request, its last word where it was judged twice for one. */
export function guardReports(context: Context): GuardReport[] {
	const reports: GuardReport[] = [];
	/** Of the request under way at a host: what it is for, and its guards by name. */
	const requests = new Map<string, {block: string | null; guards: Map<string, GuardReport>}>();
	for (const event of ofHosts(context, 'request.made', 'judged', 'request.refused')) {
		if (event.type === 'request.made') {
			requests.set(event.host, {block: event.request.block, guards: new Map()});
			continue;
		}
		const request = requests.get(event.host) ?? {block: null, guards: new Map<string, GuardReport>()};
		requests.set(event.host, request);
		if (event.type === 'request.refused') {
			for (const {guard} of event.guards) Object.assign(request.guards.get(guard) ?? {}, {refused: true});
			continue;
		}
		const {at, host, guard, holds, evidence, exempt = false, overridden = null} = event;
		const judged = {at, host, block: request.block, guard, holds, evidence, exempt, overridden, refused: false};
		const before = request.guards.get(guard);
		if (before) Object.assign(before, judged);
		else reports.push(judged);
		request.guards.set(guard, before ?? judged);
	}
	return reports;
}
