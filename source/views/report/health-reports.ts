import {compare} from '../../core/gauges/compare.ts';
import type {HealthReport} from '../../core/run/run-report.ts';
import {type Context, ofHosts} from './context.ts';

/** The gauges of each host before its first change against those at its end. */
export function healthReports(context: Context): HealthReport[] {
	const samples = ofHosts(context, 'sampled');
	const crossed = ofHosts(context, 'gauge.crossed');
	return context.state.order.map(host => {
		const {baseline, final} = context.state.hosts[host]!;
		const timeOf = (moment: string) =>
			samples.findLast(event => event.host === host && event.moment === moment)?.at ?? null;
		const compared = baseline && final ? compare(baseline, final) : [];
		const differences = compared.filter(({before, now}) => before?.value !== undefined || now?.value !== undefined);
		return {
			host,
			baseline: baseline ? timeOf('baseline') : null,
			final: final ? timeOf('final') : null,
			differences: differences.map(({gauge, before, now, change, added, isWorse}) => ({
				gauge,
				before: before ?? null,
				after: now ?? null,
				change: change ?? null,
				added,
				worse: isWorse,
			})),
			crossed: crossed.flatMap(({host: where, at, gauge, was, reading}) =>
				where === host ? [{at, gauge, was, reading}] : [],
			),
			raised: Object.entries(final ?? {}).flatMap(([gauge, {state}]) =>
				state === 'high' || state === 'critical' ? [gauge] : [],
			),
		};
	});
}
