import {monthAndDay, timeOfDay} from '../clock-words.ts';
import {memory, type Process, processes} from '../processes.ts';
import type {Call} from '../shell/program.ts';
import {uptimeLine} from './identity.ts';

export function ps(call: Call): number {
	const {machine} = call;
	const words = call.args.join(' ');
	const all = processes(machine.world).filter(each => chosen(each, call.args));
	const isLong = /\b[-]?\w*(u|f|F|l)\w*\b/.test(words) && !/-o/.test(words);
	const columns = /(?:-o|--format)[ =]?([\w,%=]+)/.exec(words)?.[1];
	if (columns) {
		const names = columns.split(',').map(each => each.replace(/=$/, ''));
		if (!columns.includes('=')) call.out(`${names.map(each => each.toUpperCase()).join(' ')}\n`);
		for (const each of all) call.out(`${names.map(name => column(each, name)).join(' ')}\n`);
		return all.length > 0 ? 0 : 1;
	}
	if (!isLong) {
		call.out('    PID TTY          TIME CMD\n');
		for (const each of all) call.out(`${String(each.pid).padStart(7)} ?        00:00:01 ${shortName(each)}\n`);
		return 0;
	}
	call.out('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
	for (const each of all) {
		const {pid, user, memory: rss, since, command} = each;
		const start = machine.now - since > 86_400_000 ? monthAndDay(since).replace(' ', '') : timeOfDay(since).slice(0, 5);
		const share = ((100 * rss) / 4_018_204).toFixed(1);
		call.out(
			`${user.padEnd(8)} ${String(pid).padStart(7)}  0.0 ${share.padStart(4)} ${String(rss * 4).padStart(6)} ${String(rss).padStart(5)} ?        S    ${start.padEnd(6)}   0:01 ${command}\n`,
		);
	}
	return 0;
}

function chosen(each: Process, args: string[]): boolean {
	const at = args.findIndex(word => word === '-p' || word === '-C' || word === '-u');
	const wish = (args[at + 1] ?? '').split(',');
	if (at < 0) return true;
	if (args[at] === '-p') return wish.includes(String(each.pid));
	return args[at] === '-C' ? wish.includes(shortName(each)) : wish.includes(each.user);
}

const column = (each: Process, name: string): string =>
	({
		pid: String(each.pid),
		user: each.user,
		comm: shortName(each),
		cmd: each.command,
		args: each.command,
		rss: String(each.memory),
		'%cpu': '0.0',
		'%mem': '0.2',
		stat: 'S',
		ppid: '1',
		etime: '01:00',
	})[name] ?? '-';

const shortName = ({command}: Process): string =>
	command
		.replace(/^\[|\]$/g, '')
		.split(/[ :]/)[0]!
		.split('/')
		.at(-1)!;

export function pgrep(call: Call): number {
	const words = call.args.filter(word => !word.startsWith('-'));
	const isFull = call.args.some(word => /^-\w*f/.test(word));
	const isExact = call.args.some(word => /^-\w*x/.test(word));
	const found = processes(call.machine.world).filter(each => {
		const text = isFull ? each.command : shortName(each);
		return isExact ? text === words.at(-1) : text.includes(words.at(-1) ?? '\0');
	});
	const isListed = call.args.some(word => /^-\w*[al]/.test(word));
	for (const each of found) call.out(`${each.pid}${isListed ? ` ${isFull ? each.command : shortName(each)}` : ''}\n`);
	return found.length > 0 ? 0 : 1;
}

/** What is told to end is a unit's process: systemd notes that it is gone. */
export function kill(call: Call): number {
	if (call.args[0] === '-l') return 0;
	let exit = 0;
	for (const word of call.args.filter(each => /^\d+$/.test(each))) {
		const found = processes(call.machine.world).find(each => each.pid === Number(word));
		if (!found) {
			call.err(`kill: (${word}) - No such process\n`);
			exit = 1;
		} else if (!call.machine.isRoot && found.user !== 'admin') {
			call.err(`kill: (${word}) - Operation not permitted\n`);
			exit = 1;
		} else if (found.unit && !call.args.includes('-0')) {
			Object.assign(call.machine.world.units[found.unit]!, {
				active: 'inactive',
				sub: 'dead',
				pid: 0,
				since: call.machine.now,
			});
		}
	}
	return exit;
}

export function free(call: Call): number {
	const figures = memory(call.machine.world);
	const flags = call.args.join('');
	const unit = flags.includes('m') ? 1024 : flags.includes('g') ? 1_048_576 : 1;
	const show = (value: number) => (flags.includes('h') ? human(value) : String(Math.round(value / unit))).padStart(12);
	const row = (title: string, values: number[]) => call.out(`${title.padEnd(8)}${values.map(show).join('')}\n`);
	const shown = figures.used;
	call.out('               total        used        free      shared  buff/cache   available\n');
	row('Mem:', [figures.total, shown, figures.free, 1_204, figures.cached + figures.buffers, figures.available]);
	row('Swap:', [figures.swapTotal, figures.swapTotal - figures.swapFree, figures.swapFree]);
	return 0;
}

function human(kibibytes: number): string {
	if (kibibytes < 1024) return `${kibibytes}Ki`;
	const value = kibibytes / (kibibytes < 1_048_576 ? 1024 : 1_048_576);
	return `${value < 10 ? value.toFixed(1) : Math.round(value)}${kibibytes < 1_048_576 ? 'Mi' : 'Gi'}`;
}

export function top(call: Call): number {
	const {total, free: unused, used, cached, buffers, swapTotal, swapFree, available} = memory(call.machine.world);
	const all = processes(call.machine.world);
	const mb = (value: number) => (value / 1024).toFixed(1).padStart(8);
	call.out(
		`top -${uptimeLine(call)}\nTasks: ${all.length} total,   1 running, ${all.length - 1} sleeping,   0 stopped,   0 zombie\n%Cpu(s):  2.0 us,  1.0 sy,  0.0 ni, 96.8 id,  0.2 wa,  0.0 hi,  0.0 si,  0.0 st\nMiB Mem : ${mb(total)} total, ${mb(unused)} free, ${mb(used)} used, ${mb(cached + buffers)} buff/cache\nMiB Swap: ${mb(swapTotal)} total, ${mb(swapFree)} free, ${mb(swapTotal - swapFree)} used. ${mb(available)} avail Mem\n\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n`,
	);
	for (const each of [...all].sort((one, other) => other.memory - one.memory)) {
		call.out(
			`${String(each.pid).padStart(7)} ${each.user.padEnd(8)}  20   0 ${String(each.memory * 4).padStart(7)} ${String(each.memory).padStart(6)} ${String(Math.round(each.memory / 2)).padStart(6)} S   0.0 ${((100 * each.memory) / total).toFixed(1).padStart(5)}   0:01.00 ${shortName(each)}\n`,
		);
	}
	return 0;
}

export async function vmstat(call: Call): Promise<number> {
	const [, count = 1] = call.args.filter(word => /^\d+$/.test(word)).map(Number);
	call.out(
		'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----\n r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n',
	);
	for (let at = 0; at < Math.min(count, 100); at++) {
		const {free: unused, buffers, cached, swapTotal, swapFree} = memory(call.machine.world);
		if (at > 0) await call.machine.pass(1000);
		call.out(
			` 0  0 ${String(swapTotal - swapFree).padStart(6)} ${unused} ${buffers} ${cached}    0    0     4    11  120  210  2  1 97  0  0\n`,
		);
	}
	return 0;
}
