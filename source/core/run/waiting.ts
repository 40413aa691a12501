// What a task that prints nothing waits for, as far as what can be seen of it tells.

/** Seen on the host at one moment. */
export type Stillness = {
	/** Its terminal, where it has one: whether lines are edited there (ICANON), and whether keys are shown (ECHO). */
	terminal?: {isCanonical: boolean; isEchoing: boolean};
	/** Whether a process of it waits in a read of its terminal or of its input; `hidden` where one may not be looked at. */
	reads: 'yes' | 'no' | 'hidden';
};

export type Waiting = 'input' | 'password' | 'nothing';

/**
 * `tail` is the end of what the task printed. A terminal that edits lines and shows no keys reads a password, also for
 * sudo, into which nobody may look; in raw mode it proves nothing: apt puts it there for as long as dpkg works.
 */
export function waitingFor({terminal, reads}: Stillness, tail: string): Waiting {
	if (terminal?.isCanonical && !terminal.isEchoing) return 'password';
	const line = lastLine(tail);
	if (passwords.some(pattern => pattern.test(line))) return 'password';
	if (reads === 'yes' || questions.some(pattern => pattern.test(line))) return 'input';
	return terminal && !terminal.isCanonical && isFullScreen(tail) ? 'input' : 'nothing';
}

export const waitingWords: Record<Exclude<Waiting, 'nothing'>, string> = {
	input: 'it waits for input',
	password: 'it waits for a password',
};

/** How much of the end of the output is looked at, in bytes: a full screen is drawn in less. */
export const tailLength = 16_384;

/** What stands on the line that no newline ended; '' where there is none. */
function lastLine(tail: string): string {
	const text = tail.replaceAll(sequences, '');
	const line = text.slice(text.lastIndexOf('\n') + 1);
	return line.slice(Math.max(0, line.trimEnd().lastIndexOf('\r') + 1)).slice(-200);
}

/** Escape sequences: CSI, OSC, and those of two or three characters (ECMA-48). */
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])/g;

const passwords = [/\bpass(?:word|phrase|code)\b[^:?]*[:?] *$/i, /\b(?:PIN|OTP|verification code)\b[^:]*: *$/i];

const questions = [
	/[[(](?:y\/n|yes\/no|y\/n\/\S*|yes\/no\/\S*|y\/d\/n)[\])]\S* *[:?]? *$/i,
	/\(yes\/no(?:\/\[fingerprint\])?\)\? *$/i,
	// deb-conffiles(5): dpkg asks what becomes of a file that was edited.
	/\(Y\/I\/N\/O\/D\/Z\) \[default=\w\] \? *$/,
	/\b(?:press|hit) (?:any key|enter|return)\b[^\n]*$/i,
	/\[(?:y|n|default)[^\]]*\] ?[:?] *$/i,
];

/** The alternate screen is shown (xterm's control sequences, modes 47, 1047 and 1049). */
function isFullScreen(tail: string): boolean {
	const switches = [...tail.matchAll(/\x1b\[\?(?:1049|1047|47)([hl])/g)];
	return switches.at(-1)?.[1] === 'h';
}
