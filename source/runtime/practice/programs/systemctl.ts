import type {Call} from '../shell/program.ts';
import {restartUnit, startUnit, stopUnit, unitInfo, unitName} from '../units.ts';
import {goDown} from './power.ts';
import {listFiles, listTimers, listUnits, optionsOf} from './unit-lists.ts';
import {show, status} from './unit-status.ts';

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

function print(call: Call, line: string): number {
	call.out(`${line}\n`);
	return 0;
}

const withValue = new Set(['-t', '-p', '-n', '-o', '--lines', '--property']);
const wordsOf = (args: string[]): string[] =>
	args.filter((word, at) => !word.startsWith('-') && !withValue.has(args[at - 1] ?? ''));
