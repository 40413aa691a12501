import type {Boot, BootMoment} from '../../core/run/reboot.ts';
import {blockFor} from '../../core/run/walk.ts';
import {bootState} from '../hosts/boot-state.ts';
import {delay} from './delay.ts';
import type {Session} from './session.ts';

/** Seconds that a host may take to settle after its start. */
const settling = 60;

/** Milliseconds from one look to the next at a host that is to go down: what hangs there is not to be hurried. */
const between = 1000;

type Of = {host: string; task: string};

/**
 * How the host stands before a command that reboots it, and once it is back and has settled; in between, whether it still
 * answers: a connection that is used notices its end at once.
 */
export async function lookAtBoot(
	session: Session,
	{host: name, task, moment}: Of & {moment: BootMoment},
): Promise<void> {
	const {signal} = session.closing;
	if (moment === 'during') await delay(between, signal);
	if (signal.aborted) return;
	const seen = await bootState(session.hosts.get(name), moment === 'after' ? settling : 0, signal);
	if (signal.aborted) return;
	// A start that does not settle in time has said which boot it is all the same.
	const boot: Boot = {...seen, id: seen.id || (session.state.hosts[name]!.bootId ?? '')};
	await session.observe(name, {type: 'boot', task, moment, boot});
}

/** Tells when a reboot takes longer than expected, and when it takes longer than it may. Ends with the wait. */
export async function awaitBoot(session: Session, {host: name, task}: Of): Promise<void> {
	const round = session.state.hosts[name]!.reboot?.round;
	const isOver = () => {
		const {reboot} = session.state.hosts[name]!;
		return reboot?.task !== task || reboot.round !== round;
	};
	const over = new AbortController();
	const either = AbortSignal.any([session.closing.signal, over.signal]);
	session.until(isOver, either).then(
		() => over.abort(),
		() => undefined,
	);
	const {within, warn, console} = limitsOf(session, name, task);
	const began = session.world.clock.up();
	try {
		for (const [which, after] of [['warning', warn] as const, ['limit', within] as const]) {
			await delay(Math.max(0, after - (session.world.clock.up() - began)), either);
			if (either.aborted) return;
			await session.observe(name, {type: 'boot-late', task, which, after, ...(console !== undefined && {console})});
		}
	} finally {
		over.abort();
	}
}

/** The block's `timeout` stands above what the site says of the host. */
function limitsOf({state, world}: Session, name: string, task: string) {
	const host = state.hosts[name]!;
	const block = blockFor(state, host, host.tasks[task]?.block ?? '')?.block;
	const {reboot, console} = world.site.of(name);
	const within = block?.kind === 'command' ? block.timeout : undefined;
	return {...(within === undefined ? reboot : {within, warn: within / 2}), console};
}
