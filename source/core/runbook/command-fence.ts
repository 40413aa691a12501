import {attributeList} from './attribute-list.ts';
import {attributeText} from './attribute-text.ts';
import {fence} from './fence.ts';
import {fenceText} from './fence-text.ts';
import type {Command} from './model.ts';

/** A command as its fence. */
export function commandFence(command: Command, isInRollback: boolean): string {
	const attributes = attributeList(command, isInRollback);
	const info = attributes.length > 0 ? `${command.language} { ${attributeText(attributes)} }` : command.language;
	return fence(info, fenceText(command));
}
