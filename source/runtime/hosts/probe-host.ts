import {setTimeout as wait} from 'node:timers/promises';
import type {Probed} from '../../core/run/probed.ts';
import {Failure} from '../../core/text/failure.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {type EarlierOptions, earlierTasks} from './earlier-tasks.ts';
import {type Host, LinkLost, NotConnected} from './host.ts';

/** Milliseconds between the two samples: processor and network are what happened between them. */
const between = 1000;

export type ProbeOptions = {
	/** What counts for the host. */
	environment: string;
	/** Whether the folder of a run is here, and the run open. */
	standing: EarlierOptions['standing'];
};

/** Connects to a host and asks for facts, gauges and tasks; reads only. Throws `Failure` (4) where there is no connection. */
export async function probeHost(host: Host, options: ProbeOptions, signal: AbortSignal): Promise<Probed> {
	try {
		return await probe(host, options, signal);
	} catch (error) {
		if (error instanceof NotConnected) throw new Failure(visibleLine(error.message), error.hint, 4, {cause: error});
		if (!(error instanceof LinkLost)) throw error;
		const what = `The connection to ${host.name} was lost: ${visibleLine(error.message)}`;
		throw new Failure(what, 'Check the network and the host, then try again.', 4, {cause: error});
	}
}

async function probe(host: Host, {environment, standing}: ProbeOptions, signal: AbortSignal): Promise<Probed> {
	const {identity, bootId, facts} = await host.connect(signal);
	const met = new Date().toISOString();
	const durable = await host.durable();
	const tasks = await earlierTasks(host, {now: new Date(met), standing});
	await host.sample();
	await wait(between, undefined, {signal});
	const readings = await host.sample();
	const sampled = new Date().toISOString();
	const {machineId, hostKey, ownName} = identity;
	const own = {name: ownName, ...facts, env: environment, machine: machineId, boot: bootId, key: hostKey};
	const transport = host.transport?.();
	const known = Object.entries(own).filter(([, value]) => value !== '');
	return {
		host: host.name,
		kind: host.kind,
		...(transport && {transport}),
		durable,
		tasks,
		facts: Object.fromEntries(known.map(([key, value]) => [key, {value, at: met}])),
		gauges: Object.fromEntries(
			Object.entries(readings).map(([gauge, {value = null, ...reading}]) => [gauge, {value, ...reading, at: sampled}]),
		),
	};
}
