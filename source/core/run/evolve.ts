import type {Runbook} from '../runbook/model.ts';
import {blocksOf, indexOf, isWalked, preambleId, roleOf, sectionsOf} from '../runbook/outline.ts';
import type {Event, NewEvent} from './events.ts';
import {applyEarlier} from './evolve-earlier.ts';
import {applyReboot, waitAnew} from './evolve-reboot.ts';
import {answeredBySudo} from './evolve-sudo.ts';
import {applyTask, lookAnew} from './evolve-task.ts';
import {applyWalk} from './evolve-walk.ts';
import {type HostState, initialHost, initialState, type RunState} from './state.ts';

/** The state after an event. The given state is left as it is. */
export function evolve(state: RunState, event: Event | NewEvent): RunState {
	const draft = draftOf(state);
	applyTo(draft, event);
	return draft;
}

/** The state after a whole journal. */
export function fold(runbook: Runbook, events: Iterable<Event | NewEvent>): RunState {
	const state = initialState(runbook);
	for (const event of events) applyTo(state, event);
	return state;
}

/** A copy deep enough for `applyTo`. */
export const draftOf = (state: RunState): RunState => ({
	...state,
	inputs: {...state.inputs},
	overrides: {...state.overrides},
	once: [...state.once],
	hosts: Object.fromEntries(Object.entries(state.hosts).map(([name, host]) => [name, copy(host)])),
});

/** Changes a draft. */
export function applyTo(state: RunState, event: Event | NewEvent): void {
	state.seq += 1;
	const host = event.host === null ? undefined : state.hosts[event.host];
	if (host) applyToHost(state, host, event);
	else applyToRun(state, event);
}

function applyToRun(state: RunState, event: Event | NewEvent): void {
	switch (event.type) {
		case 'run.started':
			return begin(state, event);
		case 'run.resumed':
			state.left = undefined;
			state.overrides = {};
			for (const host of Object.values(state.hosts)) startSession(host);
			return;
		case 'run.trusted':
			state.trusted = true;
			return;
		case 'override.given':
			state.overrides[event.guard] = event.reason;
			return;
		case 'input.given':
			if (event.value !== undefined) giveInput(state, event.name, event.value);
			return;
		case 'run.left':
			state.left = event.why;
			return;
		case 'run.ended':
			state.ended = event.end;
			return;
		default:
	}
}

function applyToHost(state: RunState, host: HostState, event: Event | NewEvent): void {
	switch (event.type) {
		case 'host.met': {
			const isRenamed = host.identity !== undefined && host.identity.ownName !== event.identity.ownName;
			host.renamed = isRenamed ? event.identity : undefined;
			host.identity ??= event.identity;
			host.bootId = event.bootId;
			host.facts = {...host.facts, ...event.facts};
			host.link = true;
			host.isGivenUp = false;
			return;
		}
		case 'identity.confirmed':
			host.identity = event.identity;
			host.renamed = undefined;
			return;
		case 'link.lost':
			host.link = false;
			lookAnew(host);
			return;
		case 'input.given':
			if (!host.secrets.includes(event.name)) host.secrets.push(event.name);
			return;
		case 'sudo.answered':
			return answeredBySudo(host, event);
		case 'sudo.declined':
			host.sudo = {is: 'declined', user: host.sudo?.user ?? ''};
			return;
		case 'fact.given':
			host.facts[event.key] = event.value;
			return;
		case 'lock.taken':
			host.locked = true;
			host.judged.push('lock');
			return;
		case 'durable.answered':
			host.durable[event.on] = {can: event.can, ...(event.why && {why: event.why})};
			return;
		case 'lock.released':
			host.locked = false;
			return;
		case 'request.made':
			host.request = {...event.request, guards: {}};
			host.requests = event.request.id;
			host.refused = undefined;
			host.rebooted = undefined;
			return;
		case 'request.refused':
			host.refused = {request: event.request, guards: event.guards};
			host.request = undefined;
			return;
		case 'request.dropped':
			host.request = undefined;
			return;
		case 'sampled':
			if (event.moment === 'baseline') host.baseline = event.readings;
			if (event.moment === 'final') host.final = event.readings;
			else if (host.request) host.request.readings = event.readings;
			return;
		case 'ways.asked':
			host.waysAsked = host.changes;
			return;
		case 'probed':
			host.probes[event.block] = {answer: event.answer, evidence: event.evidence, after: host.changes};
			return;
		case 'judged':
			if (host.request) host.request.guards[event.guard] = {holds: event.holds, evidence: event.evidence};
			return;
		case 'host.ending':
			host.ending = event.end;
			host.visits = [];
			host.stays = false;
			host.refused = undefined;
			return;
		case 'host.ended':
			host.ended = event.end;
			return;
		default:
			applyReboot(host, event);
			applyEarlier(host, event);
			applyTask(state, host, event);
			applyWalk(state, host, event);
	}
}

function giveInput(state: RunState, name: string, value: string): void {
	state.inputs[name] = value;
	for (const host of Object.values(state.hosts)) host.withheld = host.withheld.filter(each => each !== name);
}

function begin(state: RunState, event: Extract<NewEvent, {type: 'run.started'}>): void {
	const {journal, handrail, run, runbook, hosts, trusted, rollback} = event;
	state.beginning = {journal, handrail, run, runbook, hosts, trusted, ...(rollback && {rollback})};
	state.order = event.hosts;
	state.trusted = event.trusted;
	for (const name of event.hosts) {
		const option = event.rollback?.options[name];
		const fresh = initialHost(name, option ?? firstSection(state.runbook));
		fresh.values = {...event.rollback?.values[name]};
		if (option !== undefined) fresh.visits = [{section: option, from: ''}];
		state.hosts[name] = fresh;
	}
}

/** The first section that is walked in passing; where nothing is, the first one that could be. */
function firstSection(runbook: Runbook): string {
	const index = indexOf(runbook);
	const sections = sectionsOf(runbook).filter(({id}) => !roleOf(index, id));
	const first = sections.find(section => blocksOf(section).some(isWalked)) ?? sections[0];
	return first?.id ?? preambleId;
}

/** What does not outlive a session: connections, secrets, requests, verdicts of guards. */
function startSession(host: HostState): void {
	host.link = false;
	host.secrets = [];
	host.durable = {};
	host.sudo = undefined;
	host.request = undefined;
	host.refused = undefined;
	host.judged = [];
	waitAnew(host);
	lookAnew(host);
	// They may have ended meanwhile.
	host.earlier = host.earlier.map(({hasLooked, ...each}) => each);
}

const copy = (host: HostState): HostState => ({
	...host,
	facts: {...host.facts},
	values: {...host.values},
	withheld: [...host.withheld],
	secrets: [...host.secrets],
	durable: {...host.durable},
	visits: [...host.visits],
	blocks: {...host.blocks},
	tasks: {...host.tasks},
	judged: [...host.judged],
	probes: {...host.probes},
	request: host.request && {...host.request, guards: {...host.request.guards}},
});
