import type {ShellScan} from './scan-shell.ts';

/** Variables that a login, a shell or the program itself sets. */
const given = new Set([
	...['HOME', 'USER', 'LOGNAME', 'PATH', 'HOSTNAME', 'PWD', 'OLDPWD', 'SHELL', 'LANG', 'LANGUAGE', 'TERM', 'EDITOR'],
	...['VISUAL', 'PAGER', 'MAIL', 'TMPDIR', 'TZ', 'DISPLAY', 'UID', 'EUID', 'GID', 'PPID', 'IFS', 'SHLVL', 'RANDOM'],
	...['SECONDS', 'LINENO', 'COLUMNS', 'LINES', 'HOSTTYPE', 'MACHTYPE', 'OSTYPE', 'BASH', 'OPTARG', 'OPTIND', 'REPLY'],
	...['PIPESTATUS', 'FUNCNAME', 'EPOCHSECONDS', 'SUDO_USER', 'SUDO_UID', 'SUDO_GID', 'SSH_CONNECTION', 'SSH_CLIENT'],
	...['SSH_TTY', 'SSH_AUTH_SOCK', 'PS1', 'PS2', 'PS3', 'PS4', 'BASHPID', 'GROUPS', 'HISTFILE', 'TICKET'],
]);
const givenPrefixes = /^(LC_|XDG_|BASH_|HANDRAIL_)/;

/** Programs whose own templates are `{{ ... }}`. */
const templating =
	/\b(docker|podman|nerdctl|crictl|kubectl|oc|helm|gh|go|buildah|skopeo|argocd|vault|consul-template)\b/;

/** `<name>`, `<your server>`; not `<<EOF>`, `</tag>`, `<in >out`, an address or an include. */
const angled = /(?<!<)<([A-Za-z][A-Za-z0-9 _.:|/-]{0,60})>/g;
const yours = /\bYOUR[_-][A-Z0-9_-]*[A-Z0-9]/g;
const braced = /\{\{-?([^{}\n]{1,100})\}\}/g;

/**
 * The words of a script that its reader must replace before it can run, in order, each once. `known`: variables that
 * are inputs, or are set or handed on anywhere in the document.
 */
export function placeholdersOf(script: string, scan: ShellScan | undefined, known: Set<string>): string[] {
	const found: {at: number; word: string}[] = [];
	if (/[<{]|YOUR/.test(script)) found.push(...marksIn(script));
	for (const [name, {isOptional, at}] of scan?.uses ?? []) {
		if (isOptional || !/^[A-Z][A-Z0-9_]+$/.test(name) || known.has(name) || isGiven(name)) continue;
		if (!name.startsWith('YOUR_')) found.push({at, word: `$${name}`});
	}
	if (found.length < 2) return found.map(({word}) => word);
	return [...new Set(found.sort((a, b) => a.at - b.at).map(({word}) => word))];
}

/** Marks that stand for a value whatever the shell makes of them. */
function marksIn(script: string): {at: number; word: string}[] {
	const found: {at: number; word: string}[] = [];
	const tags = new Set([...script.matchAll(/<\/([A-Za-z][\w.-]*)/g)].map(match => match[1]!));
	for (const match of script.matchAll(angled)) {
		if (!/[ /]$/.test(match[1]!) && !isMarkup(script, match, tags)) found.push({at: match.index, word: match[0]});
	}
	for (const match of script.matchAll(yours)) found.push({at: match.index, word: match[0]});
	for (const match of script.matchAll(braced)) {
		if (!/^\s*[.$]/.test(match[1]!) && !isTemplate(script, match.index)) found.push({at: match.index, word: match[0]});
	}
	return found;
}

/** True for variables that every shell has. */
export const isGiven = (name: string): boolean => given.has(name) || givenPrefixes.test(name);

function isMarkup(script: string, match: RegExpExecArray, closedTags: Set<string>): boolean {
	const name = /^[A-Za-z][\w.-]*/.exec(match[1]!)![0];
	return closedTags.has(name) || script.slice(Math.max(0, match.index - 10), match.index).includes('#include');
}

function isTemplate(script: string, at: number): boolean {
	const before = script.slice(Math.max(0, at - 500), at);
	return templating.test(before.slice(before.lastIndexOf('\n') + 1));
}
