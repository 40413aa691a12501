import {neededConfirmation} from '../../../core/run/needs.ts';
import type {Intent} from '../../../core/run/told.ts';
import {blockFor} from '../../../core/run/walk.ts';
import {visible} from '../../../core/text/filter.ts';
import {confirmEdited} from './dialogs.ts';
import type {Context} from './keys.ts';
import {searchOutput} from './output-rows.ts';
import type {Pressed} from './press.ts';
import type {Purpose} from './ui-state.ts';

/** What a field's text leads to. An empty one closes the field, where it is not a value. */
export function submit(context: Context, purpose: Purpose, value: string): Pressed {
	const {ui, model} = context;
	const text = value.trim();
	const tell = (intent: Intent): Pressed => ({ui, next: {do: 'tell', intent}});
	switch (purpose.for) {
		case 'input':
			return tell({type: 'give-input', name: purpose.name, value});
		case 'fact':
			return tell({type: 'give-fact', key: purpose.key, value: text});
		case 'jump':
			return tell({type: 'go', section: purpose.section, ...(text && {reason: text})});
		case 'secret':
			return {ui};
		default:
	}
	if (text === '') return {ui: {...ui, message: 'nothing was written'}};
	switch (purpose.for) {
		case 'skip':
			return tell({type: 'skip', block: purpose.block, reason: text});
		case 'note':
			return tell({type: 'note', text});
		case 'abort':
			return tell({type: 'abort', reason: text});
		case 'settle':
			return tell({type: 'settle', block: purpose.block, end: purpose.end, reason: text});
		case 'override':
			return tell({type: 'override', guard: purpose.guard, reason: text});
		case 'break-lock':
			return tell({type: 'break-lock', reason: text});
		case 'edited': {
			const edited = {script: purpose.script, reason: text};
			const overlay = confirmEdited(
				model,
				purpose.block,
				edited,
				purpose.confirmed === 'name' ? 'name' : 'y',
				context.now,
			);
			return {ui: {...ui, overlay}};
		}
		case 'search': {
			const top = searchOutput(model.output, text, model.output?.length ?? 0, -1);
			const message = top === undefined ? `nothing has "${visible(text)}"` : undefined;
			return {ui: {...ui, message, overlay: {...purpose.view, search: text, top: top ?? purpose.view.top}}};
		}
		default:
			return {ui};
	}
}

/** The field that follows an edit: the reason, then a dialog with the new text. */
export function afterEdit({model, ui}: Context, block: string, script: string): Pressed {
	const command = blockFor(model.state, model.host, block)?.block;
	if (command?.kind !== 'command') return {ui};
	if (script === command.script || script.trim() === '') return {ui: {...ui, message: 'the command was not changed'}};
	const confirmed = neededConfirmation(command, true);
	return {
		ui: {
			...ui,
			overlay: {
				kind: 'field',
				title: `Edited ${block}: reason`,
				value: '',
				isSecret: false,
				next: {for: 'edited', block, script, confirmed},
				hint: 'The difference is recorded as a deviation.',
			},
		},
	};
}
