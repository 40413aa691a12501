import {neededConfirmation} from '../../../core/run/needs.ts';
import type {Intent} from '../../../core/run/told.ts';
import {blockFor} from '../../../core/run/walk.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {confirmEdited} from './dialogs.ts';
import type {Pressed} from './follow.ts';
import type {Context} from './keys.ts';
import {searchOutput} from './output-rows.ts';
import {emptyField, type Purpose} from './ui-state.ts';

/** What a field's text leads to. An empty one closes the field, where it is not a value. */
export function submit(context: Context, purpose: Purpose, value: string): Pressed {
	const {ui} = context;
	const text = value.trim();
	const tell = (intent: Intent): Pressed => ({ui, next: {do: 'tell', intent}});
	switch (purpose.for) {
		case 'input':
			return tell({type: 'give-input', name: purpose.name, value});
		case 'fact':
			return text === ''
				? {ui: {...ui, message: 'nothing was written'}}
				: tell({type: 'give-fact', key: purpose.key, value: text});
		case 'answer':
			return {ui, next: {do: 'send', task: purpose.task, line: value}};
		case 'jump':
			return tell({type: 'go', section: purpose.section, ...(text && {reason: text})});
		case 'secret':
			return {ui};
		case 'search':
			return search(context, purpose.view, text);
		case 'filter':
			return {ui: {...ui, overlay: {...purpose.view, filter: text, top: undefined}}};
		default:
	}
	if (text === '') return {ui: {...ui, message: 'nothing was written: it needs a reason'}};
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
		case 'edited':
			return edited(context, purpose, text);
	}
}

/** From the end upwards: what was printed last is what is looked for. */
function search({ui, model}: Context, view: Extract<Purpose, {for: 'search'}>['view'], text: string): Pressed {
	const searched = {...view, search: text};
	const found = searchOutput(model.viewed, searched, model.viewed?.length ?? 0, -1);
	const message = text !== '' && found === undefined ? `nothing has "${visibleLine(text)}"` : undefined;
	return {ui: {...ui, message, overlay: {...searched, top: found ?? view.top}}};
}

function edited({ui, model, now}: Context, purpose: Extract<Purpose, {for: 'edited'}>, reason: string): Pressed {
	const command = blockFor(model.state, model.host, purpose.block)?.block;
	if (command?.kind !== 'command') return {ui};
	const needs = purpose.confirmed === 'name' ? 'name' : 'y';
	const overlay = confirmEdited(model, command, purpose.block, {script: purpose.script, reason}, needs, now);
	return {ui: {...ui, overlay}};
}

/** The field that follows an edit: the reason, then a dialog with the new text. */
export function afterEdit({model, ui}: Context, block: string, script: string): Pressed {
	const command = blockFor(model.state, model.host, block)?.block;
	if (command?.kind !== 'command') return {ui};
	if (script === command.script || script.trim() === '') return {ui: {...ui, message: 'the command was not changed'}};
	const confirmed = neededConfirmation(command, true);
	const title = `You edited ${visible(block)}: why?`;
	const purpose = {for: 'edited', block, script, confirmed} as const;
	return {ui: {...ui, overlay: emptyField(title, purpose, 'The difference is recorded as a deviation.')}};
}
