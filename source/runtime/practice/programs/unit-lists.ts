import {agoWords, systemdDate} from '../clock-words.ts';
import {unitTable} from '../data/unit-table.ts';
import type {Call} from '../shell/program.ts';

export function listUnits(call: Call): number {
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

export function listTimers(call: Call): number {
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

export function listFiles(call: Call): number {
	const {type} = optionsOf(call.args);
	for (const {name} of unitTable) {
		if (type && !name.endsWith(`.${type}`)) continue;
		call.out(`${name.padEnd(32)} ${call.machine.world.units[name]!.isEnabled ? 'enabled ' : 'static  '} enabled\n`);
	}
	return 0;
}

export const optionsOf = (args: string[]) => ({
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
