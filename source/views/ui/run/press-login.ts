import {visibleLine} from '../../../core/text/filter.ts';
import {isNamed} from '../parts/key-of.ts';
import {editLine, insert} from '../parts/text-line.ts';
import {follow, type Pressed} from './follow.ts';
import type {Context} from './keys.ts';
import {deaf, type LoginField, type LoginWaiting} from './ui-state.ts';

/** Where a login asks for something to be typed. A secret goes elsewhere: here only the end of it is seen. */
export function pressLogin({ui, now}: Context, field: LoginField, key: string): Pressed {
	if (now - field.since < deaf) return {ui};
	if (field.isOver) return key === 'escape' || key === 'return' ? {ui: {...ui, overlay: undefined}} : {ui};
	if (key === 'escape') return follow(ui, {do: 'answer-login', question: field.question, isTaken: false});
	if (key === 'return') return {ui, submit: field.line.value};
	if (field.isSecret) return {ui};
	const line = editLine(field.line, key) ?? (isNamed(key) ? undefined : insert(field.line, visibleLine(key)));
	return line ? {ui: {...ui, overlay: {...field, line, isEmpty: false}}} : {ui};
}

/** `esc` gives up the login that waits. */
export function pressWaiting({ui, now}: Context, {wait, since}: LoginWaiting, key: string): Pressed {
	return key === 'escape' && now - since >= deaf ? follow(ui, {do: 'leave-login', wait}) : {ui};
}

/**
 * The field after Enter came with nothing typed; undefined where that is the answer. To a password it never is: it would
 * count as a wrong one. A question of the server's own may want just that.
 */
export const afterNothing = (field: LoginField): {field: LoginField; message: string} | undefined => {
	if (field.question.kind !== 'prompt') return {field, message: 'nothing was typed'};
	if (field.isEmpty) return undefined;
	return {field: {...field, isEmpty: true}, message: 'nothing was typed: enter once more answers with nothing'};
};
