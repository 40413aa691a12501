import type {GaugeState, Reading, Readings} from '../../../core/gauges/gauge.ts';
import type {Colour} from '../../../core/text/glyphs.ts';
import {fit, type Row} from '../../../core/text/row.ts';

/** Gauges shown where there is room for few, the most telling first; then whatever is raised. */
const preferred = ['cpu', 'mem', 'load', 'disk:/', 'disk:/boot', 'disk:/var', 'swap', 'units', 'reboot', 'pkglock'];

/** A line a gauge: bar, value, word, and what it was before the first change. */
export function healthRows(readings: Readings, baseline: Readings | undefined, width: number, height: number): Row[] {
	if (height <= 0) return [];
	const names = Object.keys(readings);
	if (names.length === 0) return [[{text: fit('Health: no sample yet', width)}]];
	const raised = names.filter(name => ['high', 'critical'].includes(readings[name]!.state));
	const chosen = [...new Set([...raised, ...preferred.filter(name => names.includes(name))])].slice(
		0,
		Math.max(0, height - 1),
	);
	const wide = width >= 46;
	const head = `Health${' '.repeat(wide ? 22 : 5)}now${baseline ? '        before' : ''}`;
	return [
		[{text: fit(head, width), bold: true}],
		...chosen.map(name => gaugeRow(name, readings[name]!, baseline?.[name], width, wide)),
	];
}

function gaugeRow(name: string, reading: Reading, before: Reading | undefined, width: number, wide: boolean): Row {
	const word = words[reading.state];
	const label = fit(name.replace(/^disk:/, ''), 10);
	const bar = wide ? `${barOf(reading)} ` : '';
	const value = fit(valueWords(reading), 9);
	const mark = fit(word, 9);
	const past = before ? valueWords(before) : '';
	const colour = colours[reading.state];
	return [
		{text: `${label} ${bar}`},
		{text: value, ...(colour && {colour, bold: true})},
		{text: mark, ...(colour && {colour, bold: true})},
		{text: fit(past, Math.max(0, width - 11 - bar.length - 18))},
	];
}

/** Ten cells, for shares in percent only. */
function barOf({value, unit}: Reading): string {
	if (unit !== '%' || value === undefined) return ' '.repeat(12);
	const filled = Math.min(10, Math.max(0, Math.round(value / 10)));
	return `[${'#'.repeat(filled)}${' '.repeat(10 - filled)}]`;
}

const valueWords = ({value, unit}: Reading): string =>
	value === undefined ? '-' : `${round(value)}${unit ? ` ${unit}` : ''}`;
const round = (value: number): string =>
	Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);

const words: Record<GaugeState, string> = {ok: '', high: 'HIGH', critical: 'CRITICAL', unknown: 'unknown'};
const colours: Partial<Record<GaugeState, Colour>> = {high: 'yellow', critical: 'red'};
