import type {Settled} from '../draft/settle.ts';
import type {Command, Place, Requirement, When} from '../model.ts';
import {sectionsOf} from '../outline.ts';
import {isBuiltInGauge} from '../require.ts';
import {factKeys} from '../when.ts';

/** A `when` or `require` with where it stands. */
export type TermUse = {place: Place; when?: When; require?: Requirement[]};

/** Inputs that every runbook knows without declaring them. */
const knownInputs = ['TICKET'];

/** Says which keys of `when` and gauges of `require` there are not. */
export function checkTerms({runbook, terms, report, settling}: Settled) {
	const commands = sectionsOf(runbook).flatMap(section =>
		section.content.filter((content): content is Command => content.kind === 'command'),
	);
	const gauges = new Set(commands.map(command => command.gauge?.name));
	const keys = new Set<string>([...factKeys, ...knownInputs, ...Object.keys(runbook.inputs), ...settling.handedOn]);
	for (const command of commands) if (command.capture) keys.add(command.capture);
	for (const {place, when, require} of terms) {
		for (const {key} of when ?? []) if (!keys.has(key)) report('when-key', place, key);
		for (const term of require ?? []) {
			if (term.kind !== 'gauge' || isBuiltInGauge(term.gauge) || gauges.has(term.gauge)) continue;
			report('gauge-unknown', place, term.gauge);
		}
	}
}
