import type {Event, Happening} from '../../core/run/events.ts';
import {isPractice} from '../../core/run/receipt.ts';
import type {Material, RunReport, Session} from '../../core/run/run-report.ts';
import {indexOf} from '../../core/runbook/outline.ts';
import {titleOf} from '../plain/event-line.ts';
import {commandReports} from './command-reports.ts';
import {type Context, contextOf, ofHosts} from './context.ts';
import {deviationReports} from './deviation-reports.ts';
import {failureReports} from './failure-reports.ts';
import {guardReports} from './guard-reports.ts';
import {healthReports} from './health-reports.ts';
import {hostReports} from './host-reports.ts';
import {elapsed} from './known-events.ts';
import {openReports} from './open-reports.ts';
import {problemsOf} from './problems.ts';
import {stepReports} from './step-reports.ts';

/** The report of a run, from what its folder holds. Throws `RangeError` where the journal has no beginning. */
export function buildReport(material: Material): RunReport {
	const context = contextOf(material);
	const {events, state} = context;
	const [first] = events;
	if (first?.type !== 'run.started') throw new RangeError('The journal has no beginning');
	const last = events.findLast(event => event.type === 'run.ended');
	const commands = commandReports(context);
	const {title, file, sha256, form, bundled} = first.runbook;
	return {
		report: 1,
		run: first.run,
		title,
		ticket: state.inputs['TICKET'] ?? null,
		practice: isPractice(state.order),
		handrail: first.handrail,
		runbook: {file, sha256, form, bundled},
		rollbackOf: first.rollback ? {run: first.rollback.of, options: first.rollback.options} : null,
		problems: problemsOf(material, events.length),
		started: first.at,
		ended: last?.at ?? null,
		end: state.ended ?? null,
		milliseconds: elapsed(first, last ?? events.at(-1)!),
		driven: material.driven,
		sessions: sessionsOf(events),
		hosts: hostReports(context),
		deviations: deviationReports(context),
		failures: failureReports(context),
		steps: stepReports(context, commands),
		commands,
		jumps: ofHosts(context, 'walked')
			.filter(({how}) => how !== 'next')
			.map(({at, host, to, how, reason = null, by = null}) => {
				return {at, host, to: titleOf(material.runbook, to), how, reason, by};
			}),
		notes: only(events, 'note').map(({at, host, text, by = null}) => ({at, host, text, by})),
		inputs: inputsOf(events),
		...valuesOf(context),
		guards: guardReports(context),
		probes: ofHosts(context, 'probed').map(({at, host, block, answer, evidence}) => {
			return {at, host, ...probedOf(context, block), answer, evidence};
		}),
		health: healthReports(context),
		open: openReports(context),
		chain: chainOf(material, events),
		receipt: material.receipt ? {...material.receipt, isInChain: isInChain(material)} : null,
	};
}

type Of<T extends Happening['type']> = Extract<Event, {type: T}>;
const only = <T extends Happening['type']>(events: Event[], type: T): Of<T>[] =>
	events.filter((event): event is Of<T> => event.type === type);

function sessionsOf(events: Event[]): Session[] {
	const sessions: Session[] = [];
	for (const event of events) {
		const {at, by = null} = event;
		if (event.type === 'run.started' || event.type === 'run.resumed') {
			sessions.push({at, handrail: event.handrail, by, left: null});
		} else if (event.type === 'run.left') sessions.at(-1)!.left = {at, why: event.why};
	}
	return sessions;
}

function inputsOf(events: Event[]): RunReport['inputs'] {
	const inputs = only(events, 'input.given').map(({at, host, name, value = null, by = null}) => {
		return {at, host, name, value, secret: value === null, by};
	});
	const facts = only(events, 'fact.given').map(({at, host, key, value, by = null}) => {
		return {at, host, name: key, value, secret: false, by};
	});
	return [...inputs, ...facts];
}

/** What a command captured whose output holds a secret may hold it too. */
function valuesOf(context: Context): Pick<RunReport, 'values' | 'dropped'> {
	const reports = ofHosts(context, 'task.reported');
	const secret = new Set(reports.filter(({seen}) => seen?.holdsSecret).map(({task}) => task));
	const captures = ofHosts(context, 'values.captured');
	return {
		values: captures.flatMap(({at, host, task, values}) =>
			Object.entries(values).map(([name, value]) => {
				return {at, host, task, name, value: secret.has(task) ? null : value};
			}),
		),
		dropped: captures.flatMap(({host, task, dropped}) => dropped.map(name => ({host, task, name}))),
	};
}

function probedOf({material: {runbook}}: Context, block: string): {option: string; role: string | null} {
	const item = runbook && indexOf(runbook).items.get(block);
	const command = item?.variants.find(each => each.kind === 'command');
	return {option: item ? titleOf(runbook, item.section.id) : block, role: command?.role ?? null};
}

function chainOf({run, verdict}: Material, events: Event[]): RunReport['chain'] {
	const {events: count, head, isUnchanged, changes, torn} = verdict;
	return {
		events: count,
		head,
		verified: isUnchanged,
		changes,
		torn,
		recovered: only(events, 'recovered').map(({at, bytes, kept}) => ({at, bytes, kept})),
		verify: `handrail verify ${run} --head ${head}`,
	};
}

const isInChain = ({receipt, events, verdict}: Material): boolean =>
	receipt !== undefined && (receipt.head === verdict.head || events.slice(1).some(({prev}) => prev === receipt.head));
