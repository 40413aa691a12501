import {setTimeout as wait} from 'node:timers/promises';
import type {Host} from '../runtime/hosts/host.ts';
import {LinkLost, NotConnected} from '../runtime/hosts/host.ts';
import {environmentOf} from '../runtime/settings/environment.ts';
import {type Probed, probeText, transportText} from '../views/plain/probe-text.ts';
import {defineCommand, Failure} from './command.ts';
import {printJson} from './print.ts';
import {makeHost} from './surroundings.ts';

/** Milliseconds between the two samples: processor and network are what happened between them. */
const between = 1000;

export const command = defineCommand({
	name: 'probe',
	summary: 'Says what a host is and how it feels; reads only',
	usage: 'probe HOST [--json]',
	flags: {json: {type: 'boolean', help: 'print facts and gauges as JSON'}},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		const leaving = new AbortController();
		const leave = () => leaving.abort();
		process.once('SIGINT', leave);
		const host = makeHost(name!);
		try {
			const probed = await probe(host, leaving.signal);
			if (flags.json) {
				const {facts, gauges} = probed;
				printJson(io, {host: name, facts, gauges, transport: transportText(probed)});
			} else io.stdout.write(probeText(probed, new Date()));
			return 0;
		} catch (error) {
			throw leaving.signal.aborted ? new Failure('Left', 'Nothing was changed.', 3) : failureOf(name!, error);
		} finally {
			process.off('SIGINT', leave);
			await host.close();
		}
	},
});

async function probe(host: Host, signal: AbortSignal): Promise<Probed> {
	const {identity, bootId, facts} = await host.connect(signal);
	const met = new Date().toISOString();
	const durable = await host.durable();
	await host.sample();
	await wait(between, undefined, {signal});
	const readings = await host.sample();
	const sampled = new Date().toISOString();
	const {machineId, hostKey, ownName} = identity;
	const own = {name: ownName, ...facts, env: environmentOf(host.name), machine: machineId, boot: bootId, key: hostKey};
	const known = Object.entries(own).filter(([, value]) => value !== '');
	return {
		host: host.name,
		kind: host.kind,
		durable,
		facts: Object.fromEntries(known.map(([key, value]) => [key, {value, at: met}])),
		gauges: Object.fromEntries(
			Object.entries(readings).map(([gauge, {value = null, ...reading}]) => [gauge, {value, ...reading, at: sampled}]),
		),
	};
}

function failureOf(name: string, error: unknown): unknown {
	if (error instanceof NotConnected) return new Failure(error.message, error.hint, 4, {cause: error});
	if (!(error instanceof LinkLost)) return error;
	return new Failure(`The connection to ${name} was lost: ${error.message}`, 'Try it again.', 4, {cause: error});
}
