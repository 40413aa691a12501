import type {On} from '../../core/run/durability.ts';
import type {HostName} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {LinkLost} from '../hosts/host.ts';
import type {Session} from './session.ts';

/** Asks whether tasks outlive the connection. Where nobody can say, they do not. */
export async function askDurable(session: Session, {host: name, on}: {host: HostName; on: On}): Promise<void> {
	const host = on === 'control' ? session.hosts.control() : session.hosts.get(name);
	const answer = await host.durable().catch((error: Error) => {
		if (error instanceof LinkLost) throw error;
		return {can: false, why: error.message};
	});
	const why = 'why' in answer ? {why: visibleLine(answer.why)} : {};
	await session.observe(name, {type: 'durable', on, can: answer.can, ...why});
}
