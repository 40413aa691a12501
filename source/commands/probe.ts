import {probeHost} from '../runtime/hosts/probe-host.ts';
import {runStanding} from '../runtime/journal/run-standing.ts';
import {findStateFolder} from '../runtime/journal/state-folder.ts';
import {readSite} from '../runtime/settings/read-site.ts';
import {probeText, transportText} from '../views/plain/probe-text.ts';
import {defineCommand} from './command.ts';
import {printJson} from './print.ts';
import {makeHost} from './surroundings.ts';
import {connectFlags} from './walk-flags.ts';
import {withLogin} from './with-login.ts';

export const command = defineCommand({
	name: 'probe',
	summary: 'Says what a host is, how it feels and what runs left there; reads only',
	usage: 'probe HOST [--json] [--accept-new] [--transport ssh2|openssh]',
	flags: {json: {type: 'boolean', help: 'print facts and gauges as JSON'}, ...connectFlags},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		const {environment} = (await readSite(io.env)).of(name!);
		const {'accept-new': acceptsNew, transport} = flags;
		const stateFolder = await findStateFolder(io.env);
		const standing = (run: string) => runStanding(stateFolder, run);
		const probed = await withLogin(io, flags.json, async (asks, signal) => {
			const host = makeHost(name!, {env: io.env, acceptsNew, ...(transport && {transport}), asks});
			return await probeHost(host, {environment, standing}, signal).finally(() => host.close());
		});
		const {facts, gauges, tasks} = probed;
		if (flags.json) printJson(io, {host: name, facts, gauges, tasks, transport: transportText(probed)});
		else io.stdout.write(probeText(probed, new Date()));
		return 0;
	},
});
