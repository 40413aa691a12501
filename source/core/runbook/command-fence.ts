import {attributeList} from './attribute-list.ts';
import {attributeText} from './attribute-text.ts';
import {fence} from './fence.ts';
import type {Command} from './model.ts';
import {isSessionLanguage} from './shell-fence.ts';
import {sessionPieces} from './shell-sessions.ts';

/** A command as its fence. A bare fence has no attributes to begin with, and gets none. */
export function commandFence(command: Command, isInRollback: boolean): string {
	const {script, language, attributed} = command;
	const attributes = attributed ? attributeList(command, isInRollback) : [];
	// An attribute that only repeats the default still says that the author meant this fence.
	if (attributed && attributes.length === 0) attributes.push([command.role, true]);
	const info = attributed ? `${language} { ${attributeText(attributes)} }` : language;
	const isSession = isSessionLanguage(language) || sessionPieces(script) !== undefined;
	return fence(info, isSession ? prompted(script) : script);
}

const prompted = (script: string) =>
	script
		.split('\n')
		.map((line, index) => `${index === 0 ? '$' : '>'} ${line}`)
		.join('\n');
