import type {Block, Section, Term, When} from '../runbook/model.ts';
import {type Index, indexOf} from '../runbook/outline.ts';
import type {HostState, RunState} from './state.ts';

/** Whether something is for this host; `unknown` names the key that has no value yet. */
export type Verdict = {is: 'yes'} | {is: 'no'} | {is: 'unknown'; key: string};

const yes: Verdict = {is: 'yes'};

/** A `when` held against the facts, inputs and captured values of a host. */
export function judgeWhen(state: RunState, host: HostState, when: When): Verdict {
	let verdict = yes;
	for (const term of when) {
		const value = knownValue(state, host, term.key);
		if (value === undefined) verdict = {is: 'unknown', key: term.key};
		else if (term.values.some(wanted => isMatch(term, value, wanted)) === term.not) return {is: 'no'};
	}
	return verdict;
}

/** The section's `when` and those of all sections around it. */
export function judgeSection(state: RunState, host: HostState, section: Section): Verdict {
	return both(chainOf(indexOf(state.runbook), section).map(each => judgeWhen(state, host, each.when)));
}

export function judgeBlock(state: RunState, host: HostState, section: Section, block: Block): Verdict {
	return both([judgeSection(state, host, section), judgeWhen(state, host, block.when)]);
}

/**
 * Captured values stand before what a person gave under the same name: they are the later word. Facts have names of
 * their own, which no command can hand on.
 */
const knownValue = (state: RunState, host: HostState, key: string): string | undefined =>
	isVariable(key) ? (host.values[key] ?? host.facts[key] ?? inputGiven(state, host, key)) : host.facts[key];

/** Not where a later value was withheld. */
const inputGiven = (state: RunState, host: HostState, key: string): string | undefined =>
	host.withheld.includes(key) ? undefined : state.inputs[key];

/** A section and those around it, the outermost last. */
export function chainOf(index: Index, section: Section): Section[] {
	const chain: Section[] = [];
	for (let at = index.sections.get(section.id); at; at = at.parent) chain.push(at.section);
	return chain;
}

function both(verdicts: Verdict[]): Verdict {
	return verdicts.find(each => each.is === 'no') ?? verdicts.find(each => each.is === 'unknown') ?? yes;
}

function isMatch(term: Term, value: string, wanted: string): boolean {
	if (isVariable(term.key)) return value === wanted;
	const [has, wants] = [value.toLowerCase(), wanted.toLowerCase()];
	return has === wants || (term.key === 'version' && has.startsWith(`${wants}.`));
}

const isVariable = (key: string): boolean => /^[A-Z_]/.test(key);
