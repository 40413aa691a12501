import {syslogDate} from '../clock-words.ts';
import type {Call} from '../shell/program.ts';
import {unitName} from '../units.ts';

export function journalctl(call: Call): number {
	const {args, machine} = call;
	const {journal, boot, name} = machine.world;
	const value = (pattern: RegExp, long: string) => {
		const at = args.findIndex(word => pattern.test(word));
		return at >= 0 ? args[at + 1] : args.find(word => word.startsWith(`${long}=`))?.slice(long.length + 1);
	};
	if (args.includes('--disk-usage')) {
		call.out('Archived and active journals take up 80.0M in the file system.\n');
		return 0;
	}
	if (args.some(word => word.startsWith('--vacuum'))) {
		delete machine.world.sizes['/var/log/journal/system.journal'];
		call.err('Vacuuming done, freed 72.0M of archived journals from /var/log/journal.\n');
		return 0;
	}
	const unit = value(/^(-\w*u|--unit)$/, '--unit');
	const pattern = value(/^(-g|--grep)$/, '--grep');
	const count = value(/^(-n|--lines)$/, '--lines') ?? args.find(word => /^-n\d+$/.test(word))?.slice(2);
	const priority = value(/^-p$/, '--priority');
	const found = journal.filter(({unit: who, text, boot: id}) => {
		if (args.some(word => /^-\w*k|^--dmesg/.test(word)) && who !== 'kernel') return false;
		if (args.some(word => /^(-\w*b|--boot)$/.test(word)) && id !== boot.id) return false;
		if (unit && `${who}.service` !== unitName(unit) && !text.includes(unitName(unit))) return false;
		if (priority && (who === 'sudo' || !/fail|error|emerg/i.test(text))) return false;
		return !pattern || pattern.split('|').some(each => text.toLowerCase().includes(each.toLowerCase()));
	});
	const shown = count === undefined ? found : found.slice(-Math.max(0, Number(count) || 10));
	if (shown.length === 0 && !args.some(word => /^-\w*q|--quiet/.test(word))) call.out('-- No entries --\n');
	for (const {at, unit: who, pid, text} of shown) call.out(`${syslogDate(at)} ${name} ${who}[${pid}]: ${text}\n`);
	return 0;
}

export function dmesg(call: Call): number {
	if (!call.machine.isRoot) {
		call.err('dmesg: read kernel buffer failed: Operation not permitted\n');
		return 1;
	}
	const {kernel} = call.machine.world;
	call.out(
		`[    0.000000] Linux version ${kernel} (debian-kernel@lists.debian.org)\n[    0.412003] EXT4-fs (vda2): mounted filesystem with ordered data mode\n`,
	);
	return 0;
}

export function logger(call: Call): number {
	const at = call.args.indexOf('-t');
	const tag = at >= 0 ? (call.args[at + 1] ?? 'admin') : 'admin';
	const words = call.args.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1));
	call.machine.log(tag, words.join(' ') || call.stdin.trim(), call.machine.newPid());
	return 0;
}
