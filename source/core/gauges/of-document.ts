import {visibleLine} from '../text/filter.ts';
import type {GaugeState, Reading} from './gauge.ts';

/** How a document declares a gauge of its own: a command that prints a number. */
export type DocumentGauge = {name: string; unit: string; high?: number; critical?: number};

/**
 * The reading of a gauge of the document, from the exit status of its command and the first line that it printed: a
 * number, and what it rests on. Undefined where it printed nothing and did not fail: there is nothing to measure yet.
 */
export function documentReading(gauge: DocumentGauge, exit: number, line: string): Reading | undefined {
	const {unit} = gauge;
	const missing = (why: string): Reading => ({value: undefined, unit, state: 'unknown', why: visibleLine(why)});
	if (exit === 124) return missing('no answer in time');
	if (exit !== 0) return missing(line || `could not be read (exit ${exit})`);
	if (line === '') return undefined;
	const [, digits, rest] = /^(-?\d{1,15}(?:\.\d{1,15})?)(?![\d.])\s*(.*)$/.exec(line) ?? [];
	if (digits === undefined) return missing(`no number: ${line}`);
	const value = Math.round(Number(digits) * 10) / 10;
	return {value, unit, state: stateOf(gauge, value), why: visibleLine(rest!)};
}

function stateOf({high, critical}: DocumentGauge, value: number): GaugeState {
	if (critical !== undefined && value >= critical) return 'critical';
	return high !== undefined && value >= high ? 'high' : 'ok';
}
