import {currentHost} from '../../../core/run/state.ts';
import {formatClock} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {cut, type Row, rowWidth, type Span, widthOf} from '../../../core/text/row.ts';
import {endWords} from '../../../core/text/words.ts';
import type {Model} from './model.ts';

/** Which machine, how dangerous, which ticket; what matters most is never cut. */
export function headerRow(model: Model, width: number): Row {
	const {host, state, now, began} = model;
	const own = host.identity?.ownName;
	const name = visibleLine(own && own !== host.name ? `${host.name} (${own})` : host.name);
	const environment = (host.facts['env'] ?? '').toUpperCase();
	const mode = state.ended ? endWords[state.ended].toUpperCase() : model.mode;
	const right: Span[] = [
		{text: ` ${mode} `, bold: true, inverse: true, colour: model.mode === 'PRACTICE' ? 'cyan' : 'yellow'},
		{text: ` ${formatClock(now - began)}`},
	];
	const system = [host.facts['os'], host.facts['version']].filter(Boolean).join(' ');
	const others = state.order.length > 1 ? `${state.order.indexOf(host.name) + 1}/${state.order.length} hosts` : '';
	const left: Span[] = [{text: name, bold: true}];
	const optional: Span[] = [
		{
			text: visibleLine(environment),
			bold: environment === 'PRODUCTION',
			...(environment === 'PRODUCTION' && {colour: 'red' as const}),
		},
		{text: visibleLine(state.inputs['TICKET'] ?? '')},
		{text: host.link || !currentHost(state) ? '' : 'NOT CONNECTED', bold: true, colour: 'red'},
		{text: others},
		{text: visibleLine(system)},
	];
	let room = width - rowWidth(right) - widthOf(name) - 1;
	for (const span of optional) {
		if (span.text === '' || widthOf(span.text) + 2 > room) continue;
		left.push({text: '  '}, span);
		room -= widthOf(span.text) + 2;
	}
	const used = rowWidth(left);
	const most = width - rowWidth(right) - 1;
	if (used > most) left.splice(0, left.length, {text: cut(name, Math.max(1, most)), bold: true});
	return [...left, {text: ' '.repeat(Math.max(1, width - rowWidth(left) - rowWidth(right)))}, ...right];
}
