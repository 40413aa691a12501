import {type ShellScan, scanShell} from './scan-shell.ts';

type Danger = {program: RegExp; isMeant: (words: string[]) => boolean};

const hasWord = (pattern: RegExp) => (words: string[]) => words.some(word => pattern.test(word));

/** Commands that interrupt or destroy whatever their author called them. */
const dangers: Danger[] = [
	{program: /^(reboot|poweroff|halt)$/, isMeant: words => !words.includes('--help')},
	{program: /^shutdown$/, isMeant: words => !words.includes('-c') && !words.includes('--help')},
	{program: /^(tel)?init$/, isMeant: hasWord(/^[06]$/)},
	{program: /^systemctl$/, isMeant: hasWord(/^(reboot|poweroff|halt|kexec|soft-reboot|rescue|emergency)$/)},
	{program: /^(mkfs(\..*)?|mke2fs|wipefs)$/, isMeant: words => !words.some(word => /^(-n|--no-act|-V)$/.test(word))},
	{program: /^dd$/, isMeant: hasWord(/^of=(?!\/dev\/null$)/)},
	{program: /^rm$/, isMeant: words => words.some(isRecursive) && words.some(isRootPath)},
	{program: /^(dnf|yum|dnf5|microdnf)$/, isMeant: isUndoOfLast},
];

/** Programs that run the command after them, with their options that take a value. */
const wrappers: Record<string, RegExp> = {
	sudo: /^-[ugpCrtThDRU]$/,
	doas: /^-[uC]$/,
	env: /^-[uCS]$/,
	nice: /^-n$/,
	ionice: /^-[cnp]$/,
	timeout: /^-[ks]$/,
	nohup: /^$/,
	exec: /^-a$/,
	command: /^$/,
	builtin: /^$/,
	setsid: /^$/,
	time: /^$/,
	xargs: /^-[IinPLsdE]$/,
	ssh: /^-[bcDEeFIiJLlmOopQRSWw]$/,
};
/** Of these the first operand is not the command: a duration, a host. */
const withOperand = new Set(['timeout', 'ssh']);
const shells = new Set(['sh', 'bash', 'zsh', 'ksh', 'dash']);

/** The first command of a script that looks dangerous, as it stands there; undefined where none does. */
export function dangerOf(scan: ShellScan): string | undefined {
	for (const command of scan.commands) {
		const words = unwrapped(command);
		const program = words[0]?.split('/').at(-1) ?? '';
		const inner = shells.has(program) ? scriptOf(words) : undefined;
		const found = inner === undefined ? undefined : dangerOf(scanShell(inner));
		if (found) return found;
		if (dangers.some(danger => danger.program.test(program) && danger.isMeant(words.slice(1)))) return words.join(' ');
	}
	return undefined;
}

/** The command without `sudo`, `env X=1`, `timeout 5` ... in front. */
function unwrapped(command: string[]): string[] {
	let at = 0;
	for (;;) {
		const wrapper = command[at]?.split('/').at(-1) ?? '';
		if (!Object.hasOwn(wrappers, wrapper)) return command.slice(at);
		at++;
		while (at < command.length && (command[at]!.startsWith('-') || /^\w+=/.test(command[at]!))) {
			at += wrappers[wrapper]!.test(command[at]!) ? 2 : 1;
		}
		if (withOperand.has(wrapper)) at++;
	}
}

const scriptOf = (words: string[]): string | undefined => {
	const option = words.findIndex(word => /^-\w*c$/.test(word));
	return option < 0 ? undefined : words[option + 1];
};

const isRecursive = (word: string) => /^(-\w*[rR]\w*|--recursive)$/.test(word);
/** The root, a folder right under it, or all that is in one. */
const isRootPath = (word: string) => /^\/(\*|[^/]+\/?\*?)?$/.test(word) && !/^\/tmp\/\*$/.test(word);

function isUndoOfLast(words: string[]): boolean {
	const at = words.indexOf('history');
	return at >= 0 && /^(undo|rollback)$/.test(words[at + 1] ?? '') && words.includes('last');
}
