import type {Event} from '../../core/run/events.ts';
import type {HostReport} from '../../core/run/run-report.ts';
import {titleOf} from '../plain/event-line.ts';
import {type Context, ofHosts} from './context.ts';

/** Each host of the run: which machine it is, how it ended, what was another when it was met again. */
export function hostReports(context: Context): HostReport[] {
	return context.state.order.map(name => {
		const {identity, bootId, facts, ended, at, earlier} = context.state.hosts[name]!;
		const endings = ofHosts(context, 'host.ending').filter(({host}) => host === name);
		return {
			name,
			ownName: identity?.ownName ?? null,
			machineId: identity?.machineId || null,
			hostKey: identity?.hostKey || null,
			bootId: bootId || null,
			os: [facts['os'], facts['version']].filter(Boolean).join(' ') || null,
			facts,
			end: ended ?? null,
			at: ended || !identity ? null : titleOf(context.material.runbook, at),
			reason: endings.findLast(({reason}) => reason !== undefined)?.reason ?? null,
			changes: changesOf(context, name),
			lost: ofHosts(context, 'link.lost')
				.filter(({host}) => host === name)
				.map(({at, why}) => ({at, why})),
			reboots: ofHosts(context, 'rebooted')
				.filter(({host}) => host === name)
				.map(({at, task = null, was, is, away = null, failed}) => ({at, task, was, is, away, failed})),
			logins: ofHosts(context, 'login.answered')
				.filter(({host}) => host === name)
				.map(({at, machine = null, about, given, by = null}) => ({at, machine, about, given, by})),
			earlier,
			answers: ofHosts(context, 'task.answered')
				.filter(({host}) => host === name)
				.map(({at, task, how, by = null}) => ({at, task, how, by})),
		};
	});
}

/** Compared from one connection to the next: the boot, the name that the machine gives itself, its facts. */
function changesOf(context: Context, name: string): HostReport['changes'] {
	const changes: HostReport['changes'] = [];
	let before: Record<string, string> | undefined;
	for (const event of ofHosts(context, 'host.met', 'identity.confirmed')) {
		if (event.host !== name) continue;
		if (event.type === 'identity.confirmed') {
			const own = changes.findLast(({what, to}) => what === 'name' && to === event.identity.ownName);
			if (own) own.by = event.by ?? null;
			continue;
		}
		const now = saidBy(event);
		for (const [what, to] of Object.entries(now)) {
			const from = before?.[what];
			if (from !== undefined && from !== to) changes.push({at: event.at, what, from, to, by: null});
		}
		before = {...before, ...now};
	}
	return changes;
}

const saidBy = ({bootId, identity, facts}: Extract<Event, {type: 'host.met'}>): Record<string, string> => ({
	...(bootId && {boot: bootId}),
	name: identity.ownName,
	...facts,
});
