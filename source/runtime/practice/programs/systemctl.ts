import {agoWords, systemdDate} from '../clock-words.ts';
import {unitTable} from '../data/unit-table.ts';
import type {Call} from '../shell/program.ts';
import {restartUnit, startUnit, stopUnit, unitInfo, unitName} from '../units.ts';
import {goDown} from './power.ts';

export async function systemctl(call: Call): Promise<number> {
	const {args} = call;
	const isQuiet = args.includes('-q') || args.includes('--quiet');
	const options = optionsOf(args);
	const [verb = 'list-units', ...words] = wordsOf(args);
	if (options.failed && verb === 'list-units') return listUnits({...call, args: [...args, '--state=failed']});
	const action = Object.hasOwn(actions, verb) ? actions[verb]! : undefined;
	if (!action) {
		call.err(`Unknown command verb ${verb}.\n`);
		return 1;
	}
	const quiet = isQuiet ? {...call, out: () => undefined} : call;
	return await action(quiet, words.map(unitName));
}

type Action = (call: Call, units: string[]) => Promise<number> | number;

/** Acts on units as root; resolves to the exit code. */
const acting =
	(act: (call: Call, unit: string) => Promise<boolean>): Action =>
	async (call, units) => {
		let exit = 0;
		for (const unit of units) {
			if (!call.machine.world.units[unit]) {
				call.err(`Failed to ${call.args.find(word => !word.startsWith('-'))} ${unit}: Unit ${unit} not found.\n`);
				exit = 5;
			} else if (!call.machine.isRoot) {
				call.err(
					`Failed to ${call.args.find(word => !word.startsWith('-'))} ${unit}: Interactive authentication required.\nSee system logs and 'systemctl status ${unit}' for details.\n`,
				);
				exit = exit || 1;
			} else if (!(await act(call, unit))) {
				call.err(
					`Job for ${unit} failed because the control process exited with error code.\nSee "systemctl status ${unit}" and "journalctl -xeu ${unit}" for details.\n`,
				);
				exit = exit || 1;
			}
		}
		return exit;
	};

const active = (call: Call, unit: string): string => call.machine.world.units[unit]?.active ?? 'inactive';

const enabling = (isEnabled: boolean): Action =>
	acting(async (call, unit) => {
		call.machine.world.units[unit]!.isEnabled = isEnabled;
		return true;
	});

const actions: Record<string, Action> = {
	'list-units': call => listUnits(call),
	'list-timers': call => listTimers(call),
	'list-jobs': call => print(call, 'No jobs running.'),
	'list-unit-files': call => listFiles(call),
	'daemon-reload': () => 0,
	'daemon-reexec': () => 0,
	restart: acting((call, unit) => restartUnit(call.machine, unit)),
	start: acting(async (call, unit) => active(call, unit) === 'active' || (await startUnit(call.machine, unit))),
	reload: acting(async call => {
		await call.machine.pass(80);
		return true;
	}),
	'reload-or-restart': acting((call, unit) => restartUnit(call.machine, unit)),
	'try-restart': acting(
		async (call, unit) => active(call, unit) !== 'active' || (await restartUnit(call.machine, unit)),
	),
	'reset-failed': acting(async (call, unit) => {
		const state = call.machine.world.units[unit]!;
		if (state.active === 'failed') Object.assign(state, {active: 'inactive', sub: 'dead'});
		return true;
	}),
	stop: acting(async (call, unit) => {
		if (active(call, unit) === 'active') await stopUnit(call.machine, unit);
		return true;
	}),
	enable: enabling(true),
	disable: enabling(false),
	mask: acting(async () => true),
	unmask: acting(async () => true),
	status: (call, units) => status(call, units),
	show: (call, units) => show(call, units),
	cat: (call, [unit = '']) =>
		print(call, `# /lib/systemd/system/${unit}\n[Unit]\nDescription=${unitInfo(unit)?.description ?? ''}`),
	'is-active': (call, units) =>
		each(
			call,
			units,
			unit => active(call, unit),
			word => word === 'active',
			3,
		),
	'is-failed': (call, units) =>
		each(
			call,
			units,
			unit => active(call, unit),
			word => word === 'failed',
			1,
		),
	'is-enabled': (call, units) =>
		each(
			call,
			units,
			unit => (call.machine.world.units[unit]?.isEnabled ? 'enabled' : 'disabled'),
			word => word === 'enabled',
			1,
		),
	'is-system-running'(call) {
		const isDegraded = Object.values(call.machine.world.units).some(unit => unit.active === 'failed');
		call.out(`${isDegraded ? 'degraded' : 'running'}\n`);
		return isDegraded ? 1 : 0;
	},
	reboot: call => goDown(call, true),
	poweroff: call => goDown(call, false),
	halt: call => goDown(call, false),
};

function each(
	call: Call,
	units: string[],
	wordOf: (unit: string) => string,
	isGood: (word: string) => boolean,
	bad: number,
): number {
	const words = units.map(wordOf);
	for (const word of words) call.out(`${word}\n`);
	return words.some(isGood) ? 0 : bad;
}

function listUnits(call: Call): number {
	const {state, type, hasLegend} = optionsOf(call.args);
	const {units} = call.machine.world;
	const rows = unitTable.filter(({name}) => {
		const unit = units[name]!;
		const isShown = call.args.includes('--all') || call.args.includes('-a') || unit.active !== 'inactive';
		const fitsState = !state || state.includes(unit.active) || state.includes(unit.sub ?? '');
		return isShown && fitsState && (!type || name.endsWith(`.${type}`));
	});
	const width = Math.max(4, ...rows.map(({name}) => name.length));
	const isPlain = call.args.includes('--plain');
	if (hasLegend && rows.length > 0)
		call.out(`${isPlain ? '' : '  '}${'UNIT'.padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION\n`);
	for (const {name, description} of rows) {
		const unit = units[name]!;
		const mark = isPlain ? '' : unit.active === 'failed' ? '● ' : '  ';
		call.out(
			`${mark}${name.padEnd(width)} loaded ${unit.active.padEnd(6)} ${(unit.sub ?? '').padEnd(7)} ${description}\n`,
		);
	}
	if (hasLegend)
		call.out(
			`${rows.length > 0 ? `\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n` : ''}${rows.length} loaded units listed.\n`,
		);
	return 0;
}

function listTimers(call: Call): number {
	const {machine} = call;
	const {hasLegend} = optionsOf(call.args);
	const timers = unitTable.filter(unit => unit.timer && machine.world.units[unit.name]?.active === 'active');
	if (hasLegend)
		call.out(
			'NEXT                        LEFT          LAST                        PASSED       UNIT                    ACTIVATES\n',
		);
	for (const {name, timer} of timers) {
		const last = machine.now - (machine.now % (timer!.every * 60_000));
		const next = last + timer!.every * 60_000;
		const left = agoWords(next - machine.now).replace(/ ago$/, ' left');
		call.out(
			`${systemdDate(next)} ${left.padEnd(13)} ${systemdDate(last)} ${agoWords(machine.now - last).padEnd(12)} ${name.padEnd(23)} ${timer!.unit}\n`,
		);
	}
	if (hasLegend) call.out(`\n${timers.length} timers listed.\nPass --all to see loaded but inactive timers, too.\n`);
	return 0;
}

function listFiles(call: Call): number {
	const {type} = optionsOf(call.args);
	for (const {name} of unitTable) {
		if (type && !name.endsWith(`.${type}`)) continue;
		call.out(`${name.padEnd(32)} ${call.machine.world.units[name]!.isEnabled ? 'enabled ' : 'static  '} enabled\n`);
	}
	return 0;
}

function status(call: Call, names: string[]): number {
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

function show(call: Call, [name = '']: string[]): number {
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

function print(call: Call, line: string): number {
	call.out(`${line}\n`);
	return 0;
}

const optionsOf = (args: string[]) => ({
	failed: args.includes('--failed'),
	hasLegend: !args.some(word => word === '--no-legend' || word === '--legend=false'),
	state: args
		.find(word => word.startsWith('--state='))
		?.slice('--state='.length)
		.split(','),
	type:
		args.find(word => word.startsWith('--type='))?.slice('--type='.length) ??
		(args.includes('-t') ? args[args.indexOf('-t') + 1] : undefined),
});

const withValue = new Set(['-t', '-p', '-n', '-o', '--lines', '--property']);
const wordsOf = (args: string[]): string[] =>
	args.filter((word, at) => !word.startsWith('-') && !withValue.has(args[at - 1] ?? ''));
