import {parseDuration} from '../../core/runbook/duration.ts';
import {createReporter} from '../../core/runbook/findings.ts';
import type {Place} from '../../core/runbook/model.ts';
import {type YamlEntry, YamlText} from '../../core/runbook/yaml/yaml-nodes.ts';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {nearest} from '../../core/text/nearest.ts';
import {environments, isEnvironment} from './environment.ts';
import type {HostRule} from './site.ts';

/** The rules of a configuration file, in its order. Throws `Failure` (2) that names file, line and column. */
export function parseSite(text: string, file: string): HostRule[] {
	const {findings, report} = createReporter(file);
	const yaml = new YamlText(text, 1, report);
	const wrong = ({line, column}: Place, what: string, hint: string): never => {
		throw new Failure(`${file}:${line}:${column}: ${visibleLine(what)}`, hint, 2);
	};
	const [problem] = yaml.problems;
	if (problem) wrong(problem.place, `invalid YAML: ${problem.why}`, 'Correct the YAML at this place.');

	function entriesOf(node: YamlEntry['value'], what: string): YamlEntry[] {
		if (yaml.isNothing(node)) return [];
		const entries = yaml.entries(node) ?? wrong(yaml.placeOf(node), `${what} must be a map`, see);
		const [twice] = findings;
		return twice ? wrong(twice, twice.message, 'Keep one of them.') : entries;
	}

	/** Each key by its reader; a key that none reads is an error. */
	function read(node: YamlEntry['value'], what: string, readers: Record<string, (entry: YamlEntry) => void>): void {
		for (const entry of entriesOf(node, what)) {
			const reader = Object.hasOwn(readers, entry.key) ? readers[entry.key] : undefined;
			if (reader) reader(entry);
			else {
				const near = nearest(entry.key, Object.keys(readers));
				const known = `Known here: ${Object.keys(readers).join(', ')}.`;
				wrong(entry.keyPlace, `unknown key "${entry.key}"`, near ? `Did you mean ${near}?` : known);
			}
		}
	}

	const textOf = ({key, keyPlace, value}: YamlEntry): string =>
		yaml.text(value) ?? wrong(keyPlace, `${key} needs a value`, see);
	const durationOf = (entry: YamlEntry): number =>
		parseDuration(textOf(entry)) ?? wrong(yaml.placeOf(entry.value), `${entry.key} must be a time`, 'Like 90s or 10m.');

	function ruleOf({key: pattern, value}: YamlEntry): HostRule {
		const rule: HostRule = {pattern};
		read(value, `The host ${pattern}`, {
			environment(entry) {
				const name = textOf(entry);
				if (isEnvironment(name)) rule.environment = name;
				else wrong(yaml.placeOf(entry.value), `"${name}" is no environment`, `One of ${environments.join(', ')}.`);
			},
			console(entry) {
				rule.console = textOf(entry);
			},
			reboot: entry =>
				read(entry.value, 'reboot', {
					within(inner) {
						rule.within = durationOf(inner);
					},
					warn(inner) {
						rule.warn = durationOf(inner);
					},
				}),
		});
		return rule;
	}

	const rules: HostRule[] = [];
	read(yaml.root, 'The configuration', {
		hosts: entry => rules.push(...entriesOf(entry.value, 'hosts').map(ruleOf)),
	});
	return rules;
}

const see = 'See docs/configuration.md.';
