import {type Row, widthOf} from '../../../core/text/row.ts';
import {bindings, type Context} from './keys.ts';
import {nameOfKey} from './press.ts';

/** The keys that do something now, as many as fit; help and leave always. */
export function footerRow(context: Context, width: number): Row {
	if (context.ui.overlay) return [{text: overlayKeys[context.ui.overlay.kind]}];
	const offered = bindings
		.filter(binding => binding.footer !== undefined && binding.can(context) === true)
		.sort((a, b) => a.footer! - b.footer!);
	const kept = new Set(offered.filter(({key}) => key === '?' || key === 'q'));
	let used = [...kept].reduce((sum, each) => sum + cells(each), 0);
	for (const binding of offered) {
		if (kept.has(binding) || used + cells(binding) > width) continue;
		kept.add(binding);
		used += cells(binding);
	}
	return offered
		.filter(binding => kept.has(binding))
		.flatMap(
			({key, label}): Row => [{text: nameOfKey(key), bold: true}, {text: ` ${labelNow(context, key, label)}  `}],
		);
}

type Offered = (typeof bindings)[number];
const cells = ({key, label}: Offered): number => widthOf(nameOfKey(key)) + widthOf(label) + 5;

/** What Enter does depends on the question. */
function labelNow({model}: Context, key: string, label: string): string {
	if (key !== 'return') return label;
	switch (model.question?.kind) {
		case 'confirm':
			return model.question.placeholders.length > 0 ? 'edit' : model.question.needs === 'enter' ? 'run' : 'run ...';
		case 'manual':
			return 'done';
		case 'choice':
			return 'default';
		case 'next':
			return 'go on';
		case 'input':
		case 'fact':
			return 'answer';
		default:
			return 'agree';
	}
}

const overlayKeys = {
	dialog: 'esc close   up, down scroll',
	field: 'enter accept   esc close',
	menu: 'up, down choose   enter take   1-9   esc close',
	help: 'space, up, down scroll   any other key closes',
	output: '/ search  n N next  space, page up  G end  q close',
} as const;
