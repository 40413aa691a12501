import {currentHost} from '../../core/run/state.ts';
import {delay} from './delay.ts';
import type {Session} from './session.ts';

/** Samples the gauges of the host that is walked, again and again, and publishes them. Ends with the session. */
export async function watchHealth(session: Session, interval = 3000): Promise<void> {
	const {signal} = session.closing;
	while (!signal.aborted) {
		const host = currentHost(session.state);
		if (host?.link) {
			const readings = await session.hosts
				.get(host.name)
				.sample()
				.catch(() => undefined);
			if (readings && !signal.aborted) session.publish({kind: 'health', host: host.name, readings});
		}
		await delay(interval, signal);
	}
}
