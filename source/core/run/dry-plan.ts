// What would run on a host, as far as it can be said without running anything of the document.
import {judge} from '../gauges/gate.ts';
import type {Readings} from '../gauges/gauge.ts';
import type {Risk} from '../runbook/model.ts';
import {indexOf, roleOf, sectionsOf} from '../runbook/outline.ts';
import {judgeSection} from './applies.ts';
import {guardName} from './guards.ts';
import type {HostName} from './host.ts';
import type {RunState} from './state.ts';
import {applicable, walkedItems} from './walk.ts';

export type DryHost = {host: HostName; facts: Record<string, string>; guards: DryGuard[]; steps: DryStep[]};
/** `holds` is null where it cannot be judged without the document's own commands or what this version does not know. */
export type DryGuard = {guard: string; where: string; holds: boolean | null; evidence: string};
export type DryStep = {section: string; title: string; items: DryItem[]};
export type DryItem = {
	id: string;
	kind: 'command' | 'manual' | 'choice';
	/** `unknown` names the key on which it hangs. */
	applies: 'yes' | 'no' | 'unknown';
	key?: string;
	role?: string;
	risk?: Risk;
	script?: string;
	text?: string;
};

export function planOf(state: RunState, name: HostName, readings: Readings): DryHost {
	const host = state.hosts[name]!;
	const index = indexOf(state.runbook);
	const steps = index.steps.filter(step => !roleOf(index, step.section.id) && walkedItems(step).length > 0);
	return {
		host: name,
		facts: host.facts,
		guards: guardsOf(state, name, readings),
		steps: steps.map(step => ({
			section: step.section.id,
			title: step.section.title,
			items: walkedItems(step).map((item): DryItem => {
				const chosen = applicable(state, host, item);
				const block = chosen.is === 'yes' ? chosen.block : item.variants[0]!;
				return {
					id: item.id,
					kind: block.kind,
					applies: chosen.is,
					...(chosen.is === 'unknown' && {key: chosen.key}),
					...(block.kind === 'command' && {role: block.role, risk: block.risk, script: block.script}),
					...(block.kind === 'manual' && {text: block.text}),
				};
			}),
		})),
	};
}

/** Gauges are read by Handrail itself and can be judged; ways back are asked by the document, so they are not. */
function guardsOf(state: RunState, name: HostName, readings: Readings): DryGuard[] {
	const host = state.hosts[name]!;
	const stated = [
		{where: 'the document', require: state.runbook.require},
		...sectionsOf(state.runbook)
			.filter(section => judgeSection(state, host, section).is !== 'no')
			.map(section => ({where: section.title, require: section.require})),
	];
	return stated.flatMap(({where, require}) =>
		require.map((requirement): DryGuard => {
			const guard = guardName(requirement);
			if (requirement.kind === 'gauge' && !('unchanged' in requirement)) {
				return {guard, where, ...judge(requirement, readings, undefined)};
			}
			const evidence =
				requirement.kind === 'gauge' ? 'compared with the values before the first change' : 'not judged in a dry run';
			return {guard, where, holds: null, evidence};
		}),
	);
}
