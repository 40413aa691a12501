import {formatClock} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {cut, type Row, rowWidth, type Span, widthOf} from '../../../core/text/row.ts';
import {endWords} from '../../../core/text/words.ts';
import type {Model} from './model.ts';

/** Which machine, how dangerous, which ticket; what matters most is never cut. */
export function headerRow(model: Model, width: number): Row {
	const {state} = model;
	const ended: Span[] = state.ended ? [{text: ` ${endWords[state.ended].toUpperCase()} `, bold: true}] : [];
	const right: Span[] = [...ended, modeSpan(model), {text: ` ${formatClock(model.now - model.began)}`}];
	const name = nameOf(model);
	const left: Span[] = [{text: cut(name, Math.max(1, width - rowWidth(right) - 1)), bold: true}];
	let room = width - rowWidth(right) - widthOf(name) - 1;
	for (const span of optional(model)) {
		if (span.text === '' || widthOf(span.text) + 2 > room) continue;
		left.push({text: '  '}, span);
		room -= widthOf(span.text) + 2;
	}
	return [...left, {text: ' '.repeat(Math.max(1, width - rowWidth(left) - rowWidth(right)))}, ...right];
}

/** On every view: what is done here is done to a real host, or is not. */
const modeSpan = ({mode}: Model): Span => ({
	text: ` ${mode} `,
	bold: true,
	inverse: true,
	colour: mode === 'PRACTICE' ? 'cyan' : 'yellow',
});

/** The alias, and what the machine calls itself where that is another name. */
export function nameOf({host}: Model): string {
	const own = host.identity?.ownName;
	return visibleLine(own && own !== host.name ? `${host.name} (${own})` : host.name);
}

/** What is left out first stands last. */
function optional({host, state}: Model): Span[] {
	const environment = visibleLine((host.facts['env'] ?? '').toUpperCase());
	const isProduction = environment === 'PRODUCTION';
	const others = state.order.length > 1 ? `host ${state.order.indexOf(host.name) + 1}/${state.order.length}` : '';
	const os = host.facts['os'] ?? '';
	const system = [systems[os] ?? os, host.facts['version']].filter(Boolean).join(' ');
	return [
		{text: environment, bold: isProduction, ...(isProduction && {colour: 'red' as const})},
		{text: visibleLine(state.inputs['TICKET'] ?? '')},
		{text: others},
		{text: visibleLine(system)},
	];
}

/** IDs of os-release as their makers write them. */
const systems: Record<string, string> = {
	almalinux: 'AlmaLinux',
	amzn: 'Amazon Linux',
	centos: 'CentOS',
	debian: 'Debian',
	fedora: 'Fedora',
	'opensuse-leap': 'openSUSE Leap',
	rhel: 'RHEL',
	rocky: 'Rocky Linux',
	sles: 'SLES',
	ubuntu: 'Ubuntu',
};
