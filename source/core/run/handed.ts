// Values that a command hands on: the stdout of a `capture`, and the lines of $HANDRAIL_OUTPUT.
import type {Command, Runbook} from '../runbook/model.ts';
import {sectionsOf} from '../runbook/outline.ts';
import {compile, firstMatch} from '../text/patterns.ts';

export type Handed = {
	values: Record<string, string>;
	/** Names of what is not kept. */
	dropped: string[];
	/** Which of these hold a secret: whoever uses one is asked for it. */
	withheld?: string[];
};

/** Bytes. Longer values are dropped: they would not fit in the environment of a command (MAX_ARG_STRLEN of Linux). */
const longest = 65_536;
/** Names that are said of what was dropped. */
const most = 50;

/**
 * What is kept of it. Dropped, by name: what the document does not use, what steers a shell or a loader, secrets, and
 * what does not fit the pattern or values that the document declares.
 */
export function handedValues(runbook: Runbook, command: Command, stdout: string, lines: string): Handed {
	const pairs = lines.split('\n').flatMap(line => {
		const found = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line.replace(/\r$/, ''));
		return found ? [[found[1]!, found[2]!] as const] : [];
	});
	if (command.capture !== undefined) pairs.push([command.capture, stdout.replace(/[\r\n]+$/, '')]);
	const used = namesUsed(runbook);
	const values = new Map<string, string>();
	const dropped = new Set<string>();
	for (const [name, value] of pairs) {
		const isKept = used.has(name) && !steers.test(name) && isFitting(runbook, name, value);
		if (isKept) values.set(name, value);
		else dropped.add(name.slice(0, 100));
	}
	return {values: Object.fromEntries(values), dropped: [...dropped].slice(0, most)};
}

/** What holds a secret is neither recorded nor used with something else in the secret's place. */
export function withoutSecrets({values, dropped}: Handed, holdsSecret: (value: string) => boolean): Handed {
	const withheld = Object.keys(values).filter(name => holdsSecret(values[name]!));
	if (withheld.length === 0) return {values, dropped};
	const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !withheld.includes(name)));
	return {values: kept, dropped: [...dropped, ...withheld], withheld};
}

/** Declared inputs, keys of `when` that are no facts, names of `capture`, and variables that a script of the document reads. */
function namesUsed(runbook: Runbook): Set<string> {
	const names = new Set(Object.keys(runbook.inputs));
	for (const section of sectionsOf(runbook)) {
		for (const content of [section, ...section.content]) {
			if ('when' in content) for (const {key} of content.when) if (/^[A-Z_]/.test(key)) names.add(key);
			if (!('kind' in content) || content.kind !== 'command') continue;
			if (content.capture !== undefined) names.add(content.capture);
			for (const found of content.script.matchAll(/\$\{?[#!]?([A-Za-z_][A-Za-z0-9_]*)/g)) names.add(found[1]!);
			if (content.interpreter) for (const found of content.script.matchAll(/[A-Z_][A-Z0-9_]*/g)) names.add(found[0]);
		}
	}
	return names;
}

function isFitting(runbook: Runbook, name: string, value: string): boolean {
	if (value.includes('\0') || new TextEncoder().encode(value).length > longest) return false;
	const input = Object.hasOwn(runbook.inputs, name) ? runbook.inputs[name] : undefined;
	if (!input) return true;
	if (input.secret || (input.values && !input.values.includes(value))) return false;
	return input.pattern === undefined || firstMatch(compile(input.pattern), value) !== undefined;
}

/** Names that steer a shell, a loader or an interpreter: never set by what a host printed. */
const steers =
	/^(?:PATH|HOME|IFS|ENV|PWD|OLDPWD|SHELL|USER|LOGNAME|TMPDIR|CDPATH|PS4|PROMPT_COMMAND|GLOBIGNORE|EDITOR|VISUAL|PAGER|BROWSER|TERM|LANG|LC_.*|BASH.*|SHELLOPTS|ZDOTDIR|FPATH|LD_.*|DYLD_.*|PYTHON.*|PERL.*|RUBY.*|NODE_.*|SUDO_.*|SSH_.*|GIT_.*|APT_CONFIG|DEBIAN_FRONTEND|HANDRAIL_.*|TICKET)$/;
