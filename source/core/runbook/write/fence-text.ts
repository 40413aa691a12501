import {isOnlyComments, isSessionLanguage, isShellLanguage} from '../markdown/shell-fence.ts';
import type {Command, Sample} from '../model.ts';
import {sessionPieces} from '../shell/shell-sessions.ts';

/** What stands in the fence of a command: its script, at a prompt where lines of it would be taken for prompts. */
export function fenceText({script, language}: Command): string {
	if (!isSessionLanguage(language) && !sessionPieces(script)) return script;
	const lines = script.split('\n');
	return lines.map((line, index) => `${index === 0 ? '$' : '>'} ${line}`).join('\n');
}

/** The language under which a sample stays a sample: what is only shown must never become a command. */
export function sampleLanguage({language, text}: Sample): string {
	const isRead = isShellLanguage(language) || isSessionLanguage(language);
	const isShown = isSessionLanguage(language) ? !sessionPieces(text) : isOnlyComments(text) && !sessionPieces(text);
	return (isRead && !isShown) || /[\s{]/.test(language) ? '' : language;
}
