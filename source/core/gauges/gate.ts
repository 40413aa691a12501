import type {Requirement} from '../runbook/model.ts';
import {differenceOf} from './compare.ts';
import type {Reading, Readings} from './gauge.ts';
import {thresholdOf} from './thresholds.ts';

export type Verdict = {holds: boolean; evidence: string};
export type GaugeRequirement = Extract<Requirement, {kind: 'gauge'}>;

/** Whether a requirement on a gauge holds; one that cannot be read does not. `evidence` is one line. */
export function judge(requirement: GaugeRequirement, readings: Readings, baseline: Readings | undefined): Verdict {
	const name = fullName(requirement.gauge);
	const {gauge, reading, detour} = find(name, readings);
	if (reading?.value === undefined)
		return no(`${name} could not be read: ${reading?.why || 'the host does not report it'}`);
	const found = `${name} is ${shown(reading)}${detour}${reading.why ? ` (${reading.why})` : ''}`;
	if ('below' in requirement) {
		const holds = reading.value < requirement.below;
		return {holds, evidence: `${found}, ${holds ? '' : 'not '}below ${requirement.below}`};
	}
	const before = baseline?.[gauge];
	if (before?.value === undefined) return no(`${found}; it was not read before the first change`);
	const {change, added} = differenceOf(gauge, before, reading);
	if (thresholdOf(gauge)?.named) {
		return added.length > 0 ? no(`${found}; new since the baseline: ${added.join(' ')}`) : yes(`${found}, nothing new`);
	}
	return change === 0 ? yes(`${found}, unchanged`) : no(`${found}; it was ${shown(before)} before the first change`);
}

/** `/boot` is short for `disk:/boot`. */
export const fullName = (gauge: string): string => (gauge.startsWith('/') ? `disk:${gauge}` : gauge);

/** A path that is no mount is judged on the file system that holds it. */
function find(name: string, readings: Readings): {gauge: string; reading: Reading | undefined; detour: string} {
	const own = Object.hasOwn(readings, name) ? readings[name] : undefined;
	const [, kind, path] = /^(disk|inode):(\/.*)$/s.exec(name) ?? [];
	if (own || kind === undefined) return {gauge: name, reading: own, detour: ''};
	for (let at = parentOf(path!); ; at = parentOf(at)) {
		const gauge = `${kind}:${at}`;
		if (Object.hasOwn(readings, gauge)) return {gauge, reading: readings[gauge], detour: `, as part of ${at}`};
		if (at === '/') return {gauge: name, reading: undefined, detour: ''};
	}
}

const parentOf = (path: string): string => path.replace(/\/+[^/]*\/*$/, '') || '/';

const shown = ({value, unit}: Reading): string => `${value}${unit ? ` ${unit}` : ''}`;
const no = (evidence: string): Verdict => ({holds: false, evidence});
const yes = (evidence: string): Verdict => ({holds: true, evidence});
