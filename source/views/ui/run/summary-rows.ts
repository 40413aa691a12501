import {type Row, wrap} from '../../../core/text/row.ts';
import {gaugesShown} from './health-rows.ts';
import type {Model} from './model.ts';
import {summaryLines} from './summary-lines.ts';

/** The last page of a run: what came of it, and where it is written. */
export function summaryRows(model: Model, width: number): Row[] {
	const {run, state} = model;
	const lines = (text: string, look = {}): Row[] => wrap(text, width, '  ').map(line => [{text: line, ...look}]);
	const [title, ...hosts] = summaryLines(state, model.now - model.began, model.mode === 'PRACTICE');
	return [
		...lines(title!, {bold: true}),
		[],
		...hosts.flatMap(text => lines(text)),
		...state.order.flatMap(name => changed(model, name)).flatMap(text => lines(text)),
		[],
		...lines(`handrail report ${run.id}`, {colour: 'cyan'}),
		[],
		...lines(`record ${run.path}`),
		...lines(`head ${run.head}`),
	];
}

/** Gauges that stand otherwise than before the first change. */
function changed({state}: Model, name: string): string[] {
	const {baseline, final} = state.hosts[name]!;
	if (!baseline || !final) return [];
	const others = gaugesShown(final).filter(gauge => baseline[gauge] && final[gauge]!.state !== baseline[gauge]!.state);
	return others.map(gauge => `  ${gauge}: ${baseline[gauge]!.state} before, ${final[gauge]!.state} after`);
}
