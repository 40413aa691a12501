import type {Effect} from '../../core/run/effects.ts';
import type {HostName, LockOwner, TaskId} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {type Host, LinkLost} from '../hosts/host.ts';
import {TaskRefused} from '../tasks/task-protocol.ts';
import {askDurable} from './ask-durable.ts';
import {askSudo, trySudo} from './ask-sudo.ts';
import {awaitBoot, lookAtBoot} from './await-boot.ts';
import {connect} from './connect.ts';
import {documentGauges} from './document-gauges.ts';
import {adopt, askEarlier, clear} from './earlier-tasks.ts';
import {examine} from './examine.ts';
import {probe} from './probe.ts';
import {followTask, hostOf, startTask} from './run-task.ts';
import type {Session} from './session.ts';
import {remoteId} from './task-spec.ts';

/** Does in the world what the state asks for, and tells what came of it. Throws only what ends the session. */
export async function carryOut(session: Session, effect: Effect): Promise<void> {
	try {
		await deeds[effect.do](session, effect as never);
	} catch (error) {
		if (!(error instanceof LinkLost)) throw error;
		if (session.closing.signal.aborted) return;
		await session.observe(effect.host, {type: 'link-lost', why: visibleLine(error.message)});
	}
}

type Of<D extends Effect['do']> = Extract<Effect, {do: D}>;

const deeds: {[D in Effect['do']]: (session: Session, effect: Of<D>) => Promise<void>} = {
	connect,
	lock,
	judge,
	probe,
	start: startTask,
	follow: followTask,
	'ask-durable': askDurable,
	'ask-sudo': askSudo,
	'try-sudo': trySudo,
	sample,
	examine,
	'ask-earlier': askEarlier,
	adopt,
	clear,
	'look-at-boot': lookAtBoot,
	'await-boot': awaitBoot,
	async unlock(session, {host}) {
		const {run, rollback} = session.state.beginning!;
		await session.hosts.get(host).unlock(run);
		// A snapshot that was put back holds the lock of the run that took it.
		if (rollback) await session.hosts.get(host).unlock(rollback.of);
		await session.observe(host, {type: 'unlocked'});
	},
	async cancel(session, {host, task, signal}) {
		const remote = hostOf(session, host, task);
		try {
			await remote.cancel(remoteId(session.state, task), signal);
		} catch (error) {
			if (!(error instanceof TaskRefused)) throw error;
			// It may have ended by itself meanwhile: then whoever follows it says so.
			const {is} = await remote.ask(remoteId(session.state, task));
			if (is !== 'running') return;
			const why = visibleLine(error.message);
			await session.observe(host, {type: 'signal-refused', task, signal, why});
			return;
		}
		await afterSignal(session, host, task);
	},
	async ask(session, {host, task}) {
		const report = await hostOf(session, host, task).ask(remoteId(session.state, task));
		await session.observe(host, {type: 'task', task, report});
	},
	async reap(session, {host, task}) {
		try {
			await hostOf(session, host, task).reap(remoteId(session.state, task));
		} catch (error) {
			// What a host does not let go of (a read-only disk, processes left behind) holds nothing up: all is recorded.
			if (error instanceof LinkLost) throw error;
		}
		await session.observe(host, {type: 'reaped', task});
	},
};

/** A host that connects but gives no figures twice has none: what cannot be read does not hold. */
async function sample(session: Session, {host, moment}: Of<'sample'>): Promise<void> {
	const readings = await session.hosts
		.get(host)
		.sample()
		.then(async sampled => ({...sampled, ...(await documentGauges(session, host))}))
		.catch((error: unknown) => {
			if (!(error instanceof LinkLost) || !session.figureless.has(host)) throw error;
			return {};
		})
		.catch((error: unknown) => {
			session.figureless.add(host);
			throw error;
		});
	session.figureless.delete(host);
	await session.observe(host, {type: 'sampled', moment, readings});
}

async function lock(session: Session, {host: name}: Of<'lock'>): Promise<void> {
	const {beginning, inputs, overrides} = session.state;
	const {by, jumpBox, clock} = session.world;
	const ticket = inputs['TICKET'] ? `, ${inputs['TICKET']}` : '';
	const owner = `${by.login}@${jumpBox}${ticket}`;
	const claim: LockOwner = {owner, run: beginning!.run, since: clock.now().toISOString()};
	const host = session.hosts.get(name);
	try {
		await takeLock(session, host, claim, overrides['lock'] !== undefined);
	} catch (error) {
		if (!(error instanceof TaskRefused)) throw error;
		await session.observe(name, {type: 'lock', answer: {taken: false, why: visibleLine(error.message)}});
	}
}

async function takeLock(session: Session, host: Host, claim: LockOwner, isToBreak: boolean): Promise<void> {
	const {name} = host;
	const first = await host.lock(claim, false);
	const answer = !first.taken && isToBreak ? await host.lock(claim, true) : first;
	if (!answer.taken) {
		await session.observe(name, {type: 'lock', answer: {taken: false, owner: filtered(answer.owner)}});
	} else {
		const broke = first.taken ? {} : {broke: filtered(first.owner)};
		await session.observe(name, {type: 'lock', answer: {taken: true, since: claim.since, ...broke}});
	}
}

const filtered = ({owner, run, since}: LockOwner): LockOwner => ({
	owner: visibleLine(owner),
	run: visibleLine(run),
	since: visibleLine(since),
});

/** Windows and promotion are not known to this version: what cannot be read does not hold. */
async function judge(session: Session, {host, guard}: Of<'judge'>): Promise<void> {
	const evidence =
		guard === 'window' ? 'no maintenance window is configured' : 'no receipt of an earlier environment is known';
	await session.observe(host, {type: 'guard', guard, holds: false, evidence});
}

/** A task that only reads and does not heed the signal is told again; what changes is left to the operator. */
async function afterSignal(session: Session, host: HostName, id: TaskId): Promise<void> {
	const task = () => session.state.hosts[host]!.tasks[id]!;
	const isOver = () => task().phase !== 'running' || session.closing.signal.aborted;
	const grace = AbortSignal.any([session.closing.signal, AbortSignal.timeout(5000)]);
	if (task().risk !== 'reads') return await session.until(isOver, session.closing.signal);
	await session.until(isOver, grace).catch(() => undefined);
	if (!isOver()) await session.observe(host, {type: 'overdue', task: id, which: 'timeout'});
}
