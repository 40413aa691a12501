import {ShellLines} from './shell-lines.ts';

/** A fence in which prompts stand: what was typed, and what was shown. Lines count from 0 in the fence. */
export type SessionPiece = {kind: 'command' | 'output'; text: string; line: number};

/** `$ `, `user@host$ `, `user@host:~$ `, `[user@host ~]# `; a bare `# ` is a comment. */
const prompt = /^[ \t]*(?:\$|\[?[\w.-]{1,64}@[\w.-]{1,255}(?:[: ][^\s$#%\]]{0,255})?\]?[$#%])[ \t]+(?=\S)/;

/** The pieces of a fence with prompts, or undefined where no line begins with one. */
export function sessionPieces(text: string): SessionPiece[] | undefined {
	const lines = text.split('\n');
	if (!lines.some(line => prompt.test(line)) || isScript(lines)) return undefined;
	const pieces: SessionPiece[] = [];
	let output: string[] = [];
	const endOutput = (line: number) => {
		const shown = output
			.join('\n')
			.replace(/^(?:[ \t]*\n)+/, '')
			.trimEnd();
		if (shown.trim() !== '') pieces.push({kind: 'output', text: shown, line: line - output.length});
		output = [];
	};
	for (let at = 0; at < lines.length; ) {
		const match = prompt.exec(lines[at]!);
		if (!match) {
			output.push(lines[at]!);
			at++;
			continue;
		}
		endOutput(at);
		const typed = typedLines(lines, at, match[0].length);
		const kind = /^#/.test(typed[0]!) ? 'output' : 'command';
		pieces.push({kind, text: typed.join('\n').trimEnd(), line: at});
		at += typed.length;
	}
	endOutput(lines.length);
	return pieces;
}

/** The command at a prompt with its continuation lines, prompts removed. */
function typedLines(lines: string[], at: number, promptLength: number): string[] {
	const shell = new ShellLines();
	const typed = [lines[at]!.slice(promptLength)];
	shell.push(typed[0]!);
	// Where a quote is never closed it was an apostrophe: then only backslashes continue the line.
	let sure = 1;
	while (shell.isOpen || (shell.expectsMore && isContinuation(lines[at + typed.length]))) {
		const next = lines[at + typed.length];
		if (next === undefined || prompt.test(next)) return typed.slice(0, sure);
		if (sure === typed.length && typed.at(-1)!.endsWith('\\')) sure++;
		typed.push(next.replace(/^[ \t]{0,8}>(?: |$)/, ''));
		shell.push(typed.at(-1)!);
		if (!shell.isOpen) {
			while (isContinuation(lines[at + typed.length]))
				typed.push(lines[at + typed.length]!.replace(/^[ \t]{0,8}> ?/, ''));
			return typed;
		}
	}
	return typed;
}

const isContinuation = (line: string | undefined): boolean => line !== undefined && /^[ \t]{0,8}>(?: |$)/.test(line);

/** True where the first line that looks like a prompt stands inside a here-document that a line before it opened. */
function isScript(lines: string[]): boolean {
	const shell = new ShellLines();
	for (const line of lines) {
		if (prompt.test(line)) return shell.isInDocument;
		shell.push(line);
	}
	return false;
}
