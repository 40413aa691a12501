import type {Call} from '../shell/program.ts';

/** sudo without a password: the command as root. */
export async function sudo(call: Call): Promise<number> {
	const {machine} = call;
	const words = [...call.args];
	let who = 'root';
	while (words[0]?.startsWith('-')) {
		const flag = words.shift()!;
		if (flag === '-u' || flag === '-g' || flag === '-p') who = words.shift() ?? 'root';
		else if (/^-[lvkK]$/.test(flag)) {
			if (flag === '-l' && words.filter(word => word !== '--').length === 0) {
				call.out(`User admin may run the following commands on ${machine.world.name}:\n    (ALL) NOPASSWD: ALL\n`);
			}
			return 0;
		} else if (flag === '-i' || flag === '-s') {
			if (words.length === 0) return 0;
		} else if (flag === '--') break;
	}
	const environment = takeAssignments(words);
	if (words.length === 0) {
		call.err(
			'usage: sudo -h | -K | -k | -V\nusage: sudo [-ABbEHnPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n',
		);
		return 1;
	}
	machine.log(
		'sudo',
		`admin : PWD=${call.cwd} ; USER=${who} ; COMMAND=${words.join(' ').slice(0, 200)}`,
		machine.newPid(),
	);
	const before = machine.isRoot;
	machine.isRoot = who === 'root';
	try {
		return await call.run(words, {HOME: '/root', USER: 'root', LOGNAME: 'root', SUDO_USER: 'admin', ...environment});
	} finally {
		machine.isRoot = before;
	}
}

/** `env NAME=value command`; alone it prints the environment. */
export async function env(call: Call): Promise<number> {
	const words = [...call.args];
	while (words[0] === '-i' || words[0] === '--') words.shift();
	const environment = takeAssignments(words);
	if (words.length > 0) return await call.run(words, environment);
	for (const [name, value] of Object.entries({...call.exported, ...environment})) call.out(`${name}=${value}\n`);
	return 0;
}

/** Runs a command that follows flags, and as many words of its own. */
export const passing =
	(own: number, withValue: string[] = []) =>
	async (call: Call): Promise<number> => {
		const words = [...call.args];
		while (words[0]?.startsWith('-')) if (withValue.includes(words.shift()!)) words.shift();
		words.splice(0, own);
		return words.length === 0 ? 0 : await call.run(words);
	};

/** `timeout 5 command`: what would take longer on the server's clock has run in full here, and counts as timed out. */
export async function timeout(call: Call): Promise<number> {
	const words = [...call.args];
	while (words[0]?.startsWith('-'))
		if (['-s', '-k', '--signal', '--kill-after'].includes(words.shift()!)) words.shift();
	const [, number = '0', unit = 's'] = /^([\d.]+)([smhd]?)$/.exec(words.shift() ?? '') ?? [];
	const limit = Number(number) * ({s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}[unit || 's'] ?? 1000);
	const started = call.machine.now;
	const exit = await call.run(words);
	return limit > 0 && call.machine.now - started > limit ? 124 : exit;
}

function takeAssignments(words: string[]): Record<string, string> {
	const found: Record<string, string> = {};
	for (;;) {
		const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0] ?? '') ?? [];
		if (name === undefined) return found;
		found[name] = value!;
		words.shift();
	}
}

/** `-n1` is `-n 1`. */
export const xargs = (call: Call): Promise<number> =>
	call.usual(call.args.flatMap(word => /^(-[nILPd])(.+)$/s.exec(word)?.slice(1) ?? [word]));

/** Only one time of a file is kept here: when it was changed. */
export const find = (call: Call): Promise<number> =>
	call.usual(
		call.args.map(word =>
			word.replace(/^-[ac](newer|min|time)$/, (_, name: string) => (name === 'newer' ? '-newer' : `-m${name}`)),
		),
	);
