// The ways that a runbook offers: options of a choice, and of going back.
import type {Choice, Command, Section} from '../runbook/model.ts';
import {indexOf, isWithin, rollbackOptionsOf} from '../runbook/outline.ts';
import {judgeBlock, judgeSection} from './applies.ts';
import type {Answer} from './events.ts';
import type {HostState, RunState} from './state.ts';

/** The `ready` or `available` command of an option that is for this host. */
export function probeOf(
	state: RunState,
	host: HostState,
	section: Section,
	role: 'ready' | 'available',
): Command | undefined {
	const commands = section.content.filter(content => content.kind === 'command' && content.role === role);
	return (commands as Command[]).find(command => judgeBlock(state, host, section, command).is === 'yes');
}

/** What is known of an option now; `undefined` while nobody has looked since the last change. */
export function answerOf(
	state: RunState,
	host: HostState,
	section: Section,
	role: 'ready' | 'available',
): {answer: Answer; evidence: string} | undefined {
	const probe = probeOf(state, host, section, role);
	if (!probe) return {answer: 'unknown', evidence: ''};
	if (probe.placeholders.length > 0) return {answer: 'unknown', evidence: whyNotAsked(probe)};
	const known = host.probes[probe.id];
	return known && known.after === host.changes ? known : undefined;
}

/** A placeholder is valid shell (`<name>` reads a file, `>` writes one): nothing runs it by itself. */
export const whyNotAsked = ({placeholders}: Command): string =>
	`not asked: ${placeholders.join(', ')} stands for something else`;

/** The rollback options whose `when` holds for this host, in document order: that is the order of recommendation. */
export const rollbackOptions = (state: RunState, host: HostState): Section[] =>
	rollbackOptionsOf(state.runbook).filter(section => judgeSection(state, host, section).is === 'yes');

/** The section that a name means: its id, or a part of either that fits only one option whose `when` holds. */
export function findOption(state: RunState, host: HostState, name: string): Section[] {
	const options = rollbackOptions(state, host);
	const named = (section: Section) => [
		section.id,
		...section.content.flatMap(content => (content.kind === 'command' && content.name ? [content.name] : [])),
	];
	const exact = options.filter(section => named(section).includes(name));
	return exact.length > 0 ? exact : options.filter(section => named(section).some(each => each.includes(name)));
}

/** The rollback option that a section is, or lies in. */
export function optionAround(state: RunState, section: string): Section | undefined {
	const index = indexOf(state.runbook);
	return rollbackOptionsOf(state.runbook).find(option => isWithin(index, section, option.id));
}

/** First option whose `when` holds and whose `ready`, if it has one, says yes; 'looking' while one is being asked. */
export function defaultOption(state: RunState, host: HostState, choice: Choice): string | 'looking' | undefined {
	for (const option of choice.options) {
		const section = option.section === undefined ? undefined : indexOf(state.runbook).sections.get(option.section);
		if (!section || judgeSection(state, host, section.section).is !== 'yes') continue;
		if (!probeOf(state, host, section.section, 'ready')) return section.section.id;
		const answer = answerOf(state, host, section.section, 'ready');
		if (!answer) return 'looking';
		if (answer.answer === 'yes') return section.section.id;
	}
	return undefined;
}
