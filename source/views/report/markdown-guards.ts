import type {GuardReport, HealthReport, OpenReport, RunReport} from '../../core/run/run-report.ts';
import {code, table} from './markdown-text.ts';
import {reading, time} from './words.ts';

export function guardSection({guards}: RunReport): string[] {
	if (guards.length === 0) return [];
	const rows = guards.map(guard => [
		time(guard.at),
		code(guard.host),
		code(guard.guard),
		verdictOf(guard),
		guard.block === null ? '' : code(guard.block),
		guard.evidence === '' ? '' : code(guard.evidence),
	]);
	return ['## Guards', '', ...table(['When (UTC)', 'Host', 'Guard', 'Verdict', 'Before', 'Evidence'], rows)];
}

function verdictOf({holds, exempt, overridden, refused}: GuardReport): string {
	if (holds) return 'holds';
	if (overridden !== null) return `**overridden**: ${code(overridden)}`;
	if (exempt) return 'does not hold; does not apply here';
	return refused ? '**refused**' : 'does not hold';
}

export function probeSection({probes, run}: RunReport): string[] {
	if (probes.length === 0) return [];
	const rows = probes.map(({at, host, option, role, answer, evidence}) => [
		time(at),
		code(host),
		code(option),
		`${role === null ? 'asked' : role}: ${code(answer)}`,
		evidence === '' ? '' : code(evidence),
	]);
	return [
		'## Ways back, as they were probed',
		'',
		...table(['When (UTC)', 'Host', 'Option', 'Answer', 'Evidence'], rows),
		'',
		`As they are now: ${code(`handrail rollback ${run} --list`)}`,
	];
}

/** The gauges before the first change against those at the end. */
export function healthSection({health}: RunReport): string[] {
	return health.flatMap((each, index) => [
		...(index > 0 ? [''] : []),
		health.length === 1 ? '## Health' : `## Health of ${code(each.host)}`,
		'',
		...healthLines(each),
	]);
}

function healthLines({baseline, final, differences, raised, crossed}: HealthReport): string[] {
	if (baseline === null) return ['Not measured: nothing changed the host.'];
	const onTheWay = crossed.map(
		({at, gauge, was, reading: now}) =>
			`- ${time(at)} UTC: ${code(gauge)} ${reading(now)}, it was ${was}${now.why && ` (${code(now.why)})`}`,
	);
	if (final === null) {
		return [`Measured before the first change, at ${time(baseline)} UTC; not at the end.`, ...onTheWay];
	}
	const rows = differences.map(({gauge, before, after, change, added, worse}) => [
		code(gauge),
		reading(before),
		reading(after),
		change === null ? '' : change > 0 ? `+${change}` : String(change),
		[worse && '**worse**', added.length > 0 && `new: ${code(added.join(' '))}`, after?.why && code(after.why)]
			.filter(Boolean)
			.join(', '),
	]);
	return [
		`- Before the first change (${time(baseline)} UTC) against the end (${time(final)} UTC).`,
		`- High or critical at the end: ${raised.length > 0 ? raised.map(code).join(', ') : 'none'}.`,
		...onTheWay,
		'',
		...(rows.length > 0 ? table(['Gauge', 'Before', 'End', 'Change', 'Why'], rows) : ['No gauge changed.']),
	];
}

export function openSection({open}: RunReport): string[] {
	return ['## Still open', '', ...(open.length > 0 ? open.map(openLine) : ['Nothing.'])];
}

function openLine({host, what, block, section}: OpenReport): string {
	const where = block === null ? '' : ` ${code(block)} in ${code(section ?? '')}`;
	return `- ${code(host)}: ${openWords[what]}${where}`;
}

const openWords: Record<OpenReport['what'], string> = {
	obligation: '**to be undone**:',
	unsettled: '**nobody can say how it ended**:',
	running: 'running, as far as is recorded:',
	lock: '**the lock of this run is not released**',
};
