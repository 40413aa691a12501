import type {Shell} from '../model.ts';

/** Languages of fences that are commands. */
export const shellLanguages: readonly (Shell | 'shell')[] = ['sh', 'bash', 'zsh', 'ksh', 'dash', 'shell'];

export const isShellLanguage = (language: string): boolean => (shellLanguages as readonly string[]).includes(language);

/** Shell sessions: only what follows a prompt is a command. */
export const isSessionLanguage = (language: string): boolean => language === 'console';

/** What stands after the marks of a fence: its language, lower case, and the rest. */
export function splitInfo(info: string): {language: string; rest: string} {
	const trimmed = info.trim();
	const language = /^[^\s{]*/.exec(trimmed)![0];
	return {language: language.toLowerCase(), rest: trimmed.slice(language.length)};
}

/** True where a script has no line that a shell would act on. */
export const isOnlyComments = (script: string): boolean => script.split('\n').every(line => /^\s*(#|$)/.test(line));
