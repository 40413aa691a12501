import {probeHost} from '../runtime/hosts/probe-host.ts';
import {readSite} from '../runtime/settings/read-site.ts';
import {probeText, transportText} from '../views/plain/probe-text.ts';
import {defineCommand, Failure} from './command.ts';
import {printJson} from './print.ts';
import {makeHost} from './surroundings.ts';

export const command = defineCommand({
	name: 'probe',
	summary: 'Says what a host is and how it feels; reads only',
	usage: 'probe HOST [--json]',
	flags: {json: {type: 'boolean', help: 'print facts and gauges as JSON'}},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		const {environment} = (await readSite(io.env)).of(name!);
		const leaving = new AbortController();
		const leave = () => leaving.abort();
		process.once('SIGINT', leave);
		const host = makeHost(name!);
		try {
			const probed = await probeHost(host, environment, leaving.signal);
			const {facts, gauges} = probed;
			if (flags.json) printJson(io, {host: name, facts, gauges, transport: transportText(probed)});
			else io.stdout.write(probeText(probed, new Date()));
			return 0;
		} catch (error) {
			throw leaving.signal.aborted ? new Failure('Left before the host had answered', 'Try it again.', 3) : error;
		} finally {
			process.off('SIGINT', leave);
			await host.close();
		}
	},
});
