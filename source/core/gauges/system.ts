import type {Reading, Readings} from './gauge.ts';
import {kernelOf} from './kernel.ts';
import {linesOf, numberIn, type Sample} from './sample.ts';
import {reading, stateOf, thresholds, unknown, worse} from './thresholds.ts';

/** Gauges `net`, `reboot` and `time`. */
export function systemReadings(now: Sample, before: Sample | undefined): Readings {
	return {net: network(now, before), reboot: reboot(now), time: time(now)};
}

function network(now: Sample, before: Sample | undefined): Reading {
	const counts = interfaces(now);
	if (counts.size === 0) return unknown('net', 'the kernel names no network interface');
	const earlier = interfaces(before);
	const grown = [...counts]
		.map(([name, count]) => ({name, more: Math.max(0, count - (earlier.get(name) ?? count))}))
		.filter(({more}) => more > 0);
	const total = grown.reduce((sum, {more}) => sum + more, 0);
	return reading(
		'net',
		total,
		grown.map(({name, more}) => `${name} ${more}`).join(', ') || 'none since the sample before',
	);
}

/** Errors and dropped packets of every interface but lo; columns of /proc/net/dev: rx errs 3, drop 4, tx errs 11, drop 12. */
function interfaces(sample: Sample | undefined): Map<string, number> {
	const lines = kernelOf(sample).lines('net/dev');
	return new Map(
		lines.flatMap(line => {
			const [, name, rest] = /^\s*([^\s:]+):\s*(\d[\d\s]*)$/.exec(line.slice(0, 1000)) ?? [];
			const columns = rest?.trim().split(/\s+/).map(Number) ?? [];
			if (!name || name === 'lo' || columns.length < 12) return [];
			return [[name, [2, 3, 10, 11].reduce((sum, column) => sum + columns[column]!, 0)] as const];
		}),
	);
}

/** Lines `marker PATH`, `running RELEASE`, `installed RELEASE`. */
function reboot(now: Sample): Reading {
	const lines = linesOf(now, 'reboot');
	if (!lines) return unknown('reboot', 'could not be read');
	const values = (key: string) =>
		lines.filter(line => line.startsWith(`${key} `)).map(line => line.slice(key.length + 1));
	const [marker] = values('marker');
	if (marker) return reading('reboot', 1, `${marker} exists`);
	const [running = ''] = values('running');
	const newest = newerKernel(running, values('installed'));
	if (newest) return reading('reboot', 1, `kernel ${newest} is installed, ${running} runs`);
	return reading('reboot', 0, 'none is due');
}

/** The newest kernel of the running one's flavour, where it is newer; only where the running one is installed too. */
function newerKernel(running: string, installed: string[]): string | undefined {
	if (!installed.includes(running)) return undefined;
	const flavour = flavourOf(running);
	const newest = installed
		.filter(release => flavourOf(release) === flavour)
		.sort(byVersion)
		.at(-1);
	return newest && byVersion(newest, running) > 0 ? newest : undefined;
}

const flavourOf = (release: string): string => release.replaceAll(/[\d.]+/g, '').replaceAll(/-+/g, '-');

function byVersion(one: string, other: string): number {
	const [left, right] = [one, other].map(release => release.match(/\d+/g)?.map(Number) ?? []);
	for (let part = 0; part < Math.max(left!.length, right!.length); part++) {
		const difference = (left![part] ?? 0) - (right![part] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Lines `clock SECONDS`, `here SECONDS` (the clock of the control host at that moment) and `synchronized yes|no`. */
function time(now: Sample): Reading {
	const values = new Map((linesOf(now, 'time') ?? []).map(line => [line.split(' ')[0], line.split(' ')[1]]));
	const clock = numberIn(values.get('clock'));
	const here = numberIn(values.get('here'));
	if (clock === undefined || here === undefined) return unknown('time', 'its clock could not be read');
	// Its clock gives whole seconds: the middle of the second is meant.
	const offset = clock + 0.5 - here;
	const distance = Math.max(0, Math.abs(offset) - 0.5);
	const synchronized = values.get('synchronized');
	const words =
		{yes: 'synchronized', no: 'not synchronized'}[synchronized ?? ''] ?? 'nothing says whether it is synchronized';
	const side =
		distance < 1
			? 'with the clock here'
			: `${distance.toFixed(0)} s ${offset > 0 ? 'ahead of' : 'behind'} the clock here`;
	const state = worse(stateOf(distance, thresholds['time']), synchronized === 'no' ? 'high' : 'ok');
	return reading('time', distance, `${side}, ${words}`, state);
}
