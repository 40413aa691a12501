import type {Readings} from '../../core/gauges/gauge.ts';
import type {HostName} from '../../core/run/host.ts';
import {currentHost} from '../../core/run/state.ts';
import {delay} from './delay.ts';
import {documentGauges} from './document-gauges.ts';
import type {Session} from './session.ts';

/** Gauges of the document are commands, and cost more than a sample: they are read with every so many of these. */
const seldom = 3;

/** Samples the gauges of the host that is walked, again and again, and publishes them. Ends with the session. */
export async function watchHealth(session: Session, interval = 3000): Promise<void> {
	const {signal} = session.closing;
	const own: {host?: HostName; readings: Readings; reading?: Promise<void> | undefined} = {readings: {}};
	for (let round = 0; !signal.aborted; round++) {
		const host = currentHost(session.state);
		if (host?.link) {
			if (own.host !== host.name) Object.assign(own, {host: host.name, readings: {}});
			// A gauge of the document may take its time; the others do not wait for it.
			if (round % seldom === 0) own.reading ??= readOwn(session, host.name, own);
			const readings = await session.hosts
				.get(host.name)
				.sample()
				.catch(() => undefined);
			if (readings && !signal.aborted) {
				session.publish({kind: 'health', host: host.name, readings: {...readings, ...own.readings}});
			}
		}
		await delay(interval, signal);
	}
}

async function readOwn(
	session: Session,
	host: HostName,
	own: {host?: HostName; readings: Readings; reading?: Promise<void> | undefined},
): Promise<void> {
	const readings = await documentGauges(session, host).catch(() => ({}));
	if (own.host === host) own.readings = readings;
	own.reading = undefined;
}
