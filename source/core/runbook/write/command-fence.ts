import {attributeList} from '../attributes/attribute-list.ts';
import {fence} from '../markdown/fence.ts';
import type {Command} from '../model.ts';
import {attributeText} from './attribute-text.ts';
import {fenceText} from './fence-text.ts';

/** A command as its fence. */
export function commandFence(command: Command, isInRollback: boolean): string {
	const attributes = attributeList(command, isInRollback);
	const info = attributes.length > 0 ? `${command.language} { ${attributeText(attributes)} }` : command.language;
	return fence(info, fenceText(command));
}
