import {crossings, type Standings} from '../../core/gauges/crossings.ts';
import type {Readings} from '../../core/gauges/gauge.ts';
import type {HostName} from '../../core/run/host.ts';
import {currentHost} from '../../core/run/state.ts';
import {delay} from './delay.ts';
import {documentGauges} from './document-gauges.ts';
import type {Session} from './session.ts';

/** Gauges of the document are commands, and cost more than a sample: they are read with every so many of these. */
const seldom = 3;

/** What is known of the host that is walked. */
type Watched = {host: HostName; own: Readings; reading?: Promise<void> | undefined; standings: Standings};

/**
 * Samples the gauges of the host that is walked every so many milliseconds; publishes them, and tells what crosses a
 * threshold. Ends with the session.
 */
export async function watchHealth(session: Session, interval: number): Promise<void> {
	const {signal} = session.closing;
	let watched: Watched | undefined;
	for (let round = 0; !signal.aborted; round++) {
		const host = currentHost(session.state);
		if (host?.link) {
			if (watched?.host !== host.name) watched = {host: host.name, own: {}, standings: new Map()};
			// A gauge of the document may take its time; the others do not wait for it.
			if (round % seldom === 0) watched.reading ??= readOwn(session, watched);
			await sampleOnce(session, watched);
		}
		await delay(interval, signal);
	}
}

async function sampleOnce(session: Session, watched: Watched): Promise<void> {
	const {host: name} = watched;
	const sampled = await session.hosts
		.get(name)
		.sample()
		.catch(() => undefined);
	if (!sampled || session.closing.signal.aborted) return;
	const readings = {...sampled, ...watched.own};
	session.publish({kind: 'health', host: name, readings});
	const {standings, crossed} = crossings(watched.standings, readings);
	watched.standings = standings;
	// It is not waited for: where the record cannot be written, this is tried until it can, and health is watched meanwhile.
	for (const crossing of crossed) void session.observe(name, {type: 'crossed', crossing}).catch(() => undefined);
}

async function readOwn(session: Session, watched: Watched): Promise<void> {
	watched.own = await documentGauges(session, watched.host).catch(() => ({}));
	watched.reading = undefined;
}
