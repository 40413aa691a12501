import {agoWords, systemdDate} from '../clock-words.ts';
import {unitTable} from '../data/unit-table.ts';
import type {Call} from '../shell/program.ts';
import {unitInfo} from '../units.ts';

export function status(call: Call, names: string[]): number {
	const {machine} = call;
	const {units, name: host, journal} = machine.world;
	if (names.length === 0) {
		const failed = Object.values(units).filter(unit => unit.active === 'failed').length;
		call.out(
			`● ${host}\n    State: ${failed > 0 ? 'degraded' : 'running'}\n    Units: ${unitTable.length} loaded (incl. loaded aliases)\n     Jobs: 0 queued\n   Failed: ${failed} units\n    Since: ${systemdDate(machine.world.boot.at)}; ${agoWords(machine.now - machine.world.boot.at)}\n  systemd: 252.31-1~deb12u1\n`,
		);
		return 0;
	}
	let exit = 0;
	for (const name of names) {
		const unit = units[name];
		const info = unitInfo(name);
		if (!unit || !info) {
			call.err(`Unit ${name} could not be found.\n`);
			exit = 4;
			continue;
		}
		const mark = unit.active === 'failed' ? '×' : unit.active === 'active' ? '●' : '○';
		const why = unit.active === 'failed' ? ' (Result: exit-code)' : '';
		call.out(
			`${mark} ${name} - ${info.description}\n     Loaded: loaded (/lib/systemd/system/${name}; ${unit.isEnabled ? 'enabled' : 'disabled'}; preset: enabled)\n     Active: ${unit.active} (${unit.sub})${why} since ${systemdDate(unit.since)}; ${agoWords(machine.now - unit.since)}\n`,
		);
		if (unit.pid > 0)
			call.out(
				`   Main PID: ${unit.pid} (${info.program!.split(/[ :]/)[0]!.split('/').at(-1)})\n      Tasks: 3 (limit: 4644)\n     Memory: ${((info.memory ?? 0) / 1024).toFixed(1)}M\n`,
			);
		const lines = journal.filter(entry => entry.text.includes(name) || `${entry.unit}.service` === name).slice(-10);
		if (lines.length > 0) call.out('\n');
		for (const {at, unit: who, pid, text} of lines)
			call.out(`${systemdDate(at).slice(4, 23)} ${host} ${who}[${pid}]: ${text}\n`);
		if (unit.active !== 'active') exit = exit || 3;
	}
	return exit;
}

export function show(call: Call, [name = '']: string[]): number {
	const unit = call.machine.world.units[name];
	const values: Record<string, string> = {
		Id: name,
		ActiveState: unit?.active ?? 'inactive',
		SubState: unit?.sub ?? 'dead',
		MainPID: String(unit?.pid ?? 0),
		LoadState: unit ? 'loaded' : 'not-found',
		UnitFileState: unit?.isEnabled ? 'enabled' : 'disabled',
		NRestarts: '0',
		ActiveEnterTimestamp: unit ? systemdDate(unit.since) : '',
	};
	const wanted = call.args.flatMap((word, at) =>
		/^(-p|--property)$/.test(word)
			? (call.args[at + 1] ?? '').split(',')
			: (/^(?:-p|--property=)(.+)$/.exec(word)?.[1]?.split(',') ?? []),
	);
	for (const [key, value] of Object.entries(values)) {
		if (wanted.length === 0 || wanted.includes(key))
			call.out(call.args.includes('--value') ? `${value}\n` : `${key}=${value}\n`);
	}
	return 0;
}
