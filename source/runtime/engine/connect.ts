import type {HostName} from '../../core/run/host.ts';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {refusalWords} from '../../core/text/words.ts';
import {LinkLost, NotConnected} from '../hosts/host.ts';
import {delay} from './delay.ts';
import {tasksBefore} from './earlier-tasks.ts';
import type {Session} from './session.ts';

/**
 * Once in a session; a connection lost later is tried again, ever more slowly, as long as the session is patient. A host
 * that reboots is tried until it is back.
 */
export async function connect(session: Session, {host: name}: {host: HostName}): Promise<void> {
	const {closing, world, desk} = session;
	const isRebooting = () => session.state.hosts[name]!.reboot !== undefined;
	if (session.met.has(name)) await delay(session.pauses.next(name, world.clock.up()), closing.signal);
	if (closing.signal.aborted) return;
	const since = world.clock.up();
	for (let pause = 1000; ; pause = Math.min(pause * 2, isRebooting() ? 3000 : 15_000)) {
		desk.declined.delete(name);
		try {
			if (await meet(session, name)) return;
		} catch (error) {
			if (closing.signal.aborted) return;
			if (!(error instanceof NotConnected || error instanceof LinkLost)) throw error;
			const why = visibleLine(error.message);
			const hint = error instanceof NotConnected ? error.hint : 'Check the network and the host.';
			if (isRebooting()) await session.observe(name, {type: 'unreachable', why});
			else if (!session.met.has(name) && !session.state.hosts[name]!.isGivenUp)
				return session.stop(new Failure(why, hint, 4, {cause: error}));
			else if (!world.isAttended && world.clock.up() - since > world.patience)
				return session.stop(new Failure(`${name} does not come back: ${why}`, hint, 3, {cause: error}));
			// Who would not answer is not asked again at once.
			if (desk.declined.has(name)) pause = Math.max(pause, 30_000);
		}
		session.retries.set(name, world.clock.now().getTime() + pause);
		session.publish({kind: 'session'});
		await delay(pause, closing.signal);
		session.retries.delete(name);
		if (closing.signal.aborted) return;
		session.publish({kind: 'session'});
	}
}

/** True where it is over: the machine that we know answers, or another one, which ends the session. */
async function meet(session: Session, name: HostName): Promise<boolean> {
	const host = session.hosts.get(name);
	const meeting = await host.connect(session.closing.signal);
	const earlier = await tasksBefore(session, name, host);
	const facts = {...meeting.facts, ...session.world.facts(name)};
	const refusal = await session.observe(name, {type: 'met', ...meeting, facts, earlier});
	if (refusal?.code === 'another-machine')
		session.stop(new Failure(refusalWords(refusal), 'Nothing was run on it. Find out which machine this is.', 5));
	if (refusal || session.state.hosts[name]!.link) {
		session.met.add(name);
		return true;
	}
	// Another machine at the address of one that reboots: let go of it, and try again.
	await host.close();
	return false;
}
