import type {GaugeState, Reading, Readings} from '../../../core/gauges/gauge.ts';
import {thresholdOf} from '../../../core/gauges/thresholds.ts';
import {type Trend, trendOf} from '../../../core/gauges/trend.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import type {Colour} from '../../../core/text/glyphs.ts';
import {cut, fit, type Row} from '../../../core/text/row.ts';
import type {Model} from './model.ts';

/** The most telling gauges first. */
const preferred = ['cpu', 'mem', 'disk:/', 'load', 'disk:/boot', 'disk:/var', 'swap', 'units', 'reboot', 'pkglock'];

/** Samples that are older than this are not now. */
const old = 10_000;

/** A line a gauge: bar, value, word, and what it was before the first change. */
export function healthRows({readings, host, sampled, history, now}: Model, width: number, height: number): Row[] {
	if (height <= 0) return [];
	if (sampled === undefined) return [[{text: cut('Health: no sample yet', width)}]];
	const names = gaugesShown(readings, height - 1);
	const bar = width >= 50;
	const age = now - sampled > old ? `${formatDuration(now - sampled)} ago` : 'now';
	const head = fit(`Health${' '.repeat(bar ? 18 : 5)}${age}`, bar ? 43 : 30) + (host.baseline ? 'before' : '');
	return [
		[{text: cut(head, width), bold: true}],
		...names.map(name =>
			gaugeRow(name, readings[name]!, host.baseline?.[name], {width, hasBar: bar, trend: trendOf(name, history)}),
		),
	];
}

/** Always in the same order, the document's own first; where not all have room, those that are raised keep theirs. */
export function gaugesShown(readings: Readings, room = Number.POSITIVE_INFINITY): string[] {
	const names = Object.keys(readings);
	const own = names.filter(name => !thresholdOf(name));
	const all = [...new Set([...own, ...preferred.filter(name => names.includes(name)), ...names])];
	const raised = all.filter(name => ['high', 'critical'].includes(readings[name]!.state));
	const kept = new Set([...raised, ...all].slice(0, room));
	return all.filter(name => kept.has(name));
}

function gaugeRow(
	name: string,
	reading: Reading,
	before: Reading | undefined,
	{width, hasBar, trend}: {width: number; hasBar: boolean; trend: Trend | undefined},
): Row {
	const colour = colours[reading.state];
	const look = {...(colour && {colour, bold: true})};
	const bar = hasBar ? `${barOf(reading)} ` : '';
	const past = before ? valueWords(before) : '';
	const used = 11 + bar.length + 19;
	return [
		{text: `${fit(visibleLine(name.replace(/^disk:/, '')), 10)} ${bar}`},
		{text: fit(`${valueWords(reading)}${trend ? ` ${signs[trend]}` : ''}`, 10), ...look},
		{text: fit(words[reading.state], 9), ...look},
		{text: cut(past, Math.max(0, width - used))},
	];
}

/** Ten cells, for shares in percent only. */
function barOf({value, unit}: Reading): string {
	if (unit !== '%' || value === undefined) return ' '.repeat(12);
	const filled = Math.min(10, Math.max(0, Math.round(value / 10)));
	return `[${'#'.repeat(filled)}${' '.repeat(10 - filled)}]`;
}

const valueWords = ({value, unit}: Reading): string =>
	value === undefined ? '-' : `${round(value)}${shortUnits[unit] ?? (unit ? ` ${unit}` : '')}`;
const round = (value: number): string =>
	Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);

const shortUnits: Record<string, string> = {'%': ' %', 'per CPU': ' /CPU', processes: ' proc'};
const signs: Record<Trend, string> = {rising: '+', falling: '-'};
const words: Record<GaugeState, string> = {ok: '', high: 'HIGH', critical: 'CRITICAL', unknown: 'unknown'};
const colours: Partial<Record<GaugeState, Colour>> = {high: 'yellow', critical: 'red'};
