// The ways back of a run, asked for now, without taking any and without writing to its record.

import {decide} from '../../core/run/decide.ts';
import type {Answer} from '../../core/run/events.ts';
import {evolve} from '../../core/run/evolve.ts';
import type {HostName} from '../../core/run/host.ts';
import {probeOf, rollbackOptions} from '../../core/run/options.ts';
import type {RunState} from '../../core/run/state.ts';
import {lackOfSudo} from '../../core/run/sudo.ts';
import type {Command, Risk, Section} from '../../core/runbook/model.ts';
import {blocksOf} from '../../core/runbook/outline.ts';
import {Failure} from '../../core/text/failure.ts';
import {refusalWords} from '../../core/text/words.ts';
import type {Host} from '../hosts/host.ts';
import {sudoAnswer} from './ask-sudo.ts';
import {askProbe} from './probe.ts';

/** A rollback option as it stands now. `takes` in seconds. */
export type Option = {
	host: HostName;
	name: string;
	title: string;
	available: Answer;
	evidence: string;
	loses: string | null;
	takes: number | null;
	reboot: boolean;
	risk: Risk;
	/** The first in the document's order that is available. */
	recommended: boolean;
};

/** Connects and asks each option's `available`. Throws `NotConnected`, and `Failure` (5) where another machine answers. */
export async function listOptions(state: RunState, name: HostName, host: Host, signal: AbortSignal): Promise<Option[]> {
	const meeting = await host.connect(signal);
	const met = decide(state, {host: name, what: {type: 'met', ...meeting}});
	if ('refused' in met && met.refused.code === 'another-machine') {
		throw new Failure(refusalWords(met.refused), 'Nothing was run on it.', 5);
	}
	let now = evolve(state, {host: name, type: 'host.met', ...meeting});
	// The password went with the session that had it.
	Object.assign(now.hosts[name]!, {sudo: undefined, secrets: []});
	const options: Option[] = [];
	for (const section of rollbackOptions(now, now.hosts[name]!)) {
		const probe = probeOf(now, now.hosts[name]!, section, 'available');
		if (probe && lackOfSudo(now.hosts[name]!, probe, probe.script) === 'look') {
			now = evolve(now, {host: name, type: 'sudo.answered', ...(await sudoAnswer(host))});
		}
		const answer = probe
			? await askProbe(now, now.hosts[name]!, probe, host, signal)
			: {answer: 'unknown' as const, evidence: 'the document does not say how to ask'};
		options.push(describe(name, section, answer));
	}
	const best = options.find(option => option.available === 'yes');
	return options.map(option => ({...option, recommended: option === best}));
}

function describe(host: HostName, section: Section, answer: {answer: Answer; evidence: string}): Option {
	const commands = commandsIn(section).filter(command => command.role === 'run');
	const risks = commands.map(command => command.risk);
	return {
		host,
		name: section.id,
		title: section.title,
		available: answer.answer,
		evidence: answer.evidence,
		loses: section.loses ?? null,
		takes: section.takes === undefined ? null : Math.round(section.takes / 1000),
		reboot: commands.some(command => command.reboots),
		risk: risks.includes('disrupts') ? 'disrupts' : risks.includes('changes') ? 'changes' : 'reads',
		recommended: false,
	};
}

const commandsIn = (section: Section): Command[] => [
	...blocksOf(section).filter(block => block.kind === 'command'),
	...section.sections.flatMap(commandsIn),
];
