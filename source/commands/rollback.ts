import type {HostName} from '../core/run/host.ts';
import {findOption} from '../core/run/options.ts';
import type {RunState} from '../core/run/state.ts';
import type {Intent} from '../core/run/told.ts';
import {listOptions, type Option} from '../runtime/engine/list-options.ts';
import {loadedFrom, type Opened, readRun, resumeRun, type Surroundings, startRun} from '../runtime/engine/open-run.ts';
import type {AskLogin} from '../runtime/hosts/ask-login.ts';
import {NotConnected} from '../runtime/hosts/host.ts';
import type {RunFolder} from '../runtime/journal/run-folder.ts';
import {inheritWorld} from '../runtime/practice/world-file.ts';
import {readSecrets} from '../runtime/settings/read-secret.ts';
import {readSite} from '../runtime/settings/read-site.ts';
import {rollbackList} from '../views/plain/rollback-list.ts';
import {defineCommand, Failure, type Io, UsageError} from './command.ts';
import {drive} from './drive.ts';
import {guardIntents} from './guard-intents.ts';
import {printJson} from './print.ts';
import {surroundings} from './surroundings.ts';
import {walkFlags} from './walk-flags.ts';
import {withLogin} from './with-login.ts';

export const command = defineCommand({
	name: 'rollback',
	summary: 'Shows the ways back of a run, or walks one of them',
	usage: 'rollback RUN [--list] [--option NAME]',
	flags: {
		list: {type: 'boolean', help: 'ask each option now whether it is available; change nothing'},
		option: {type: 'string', value: 'NAME', help: 'the option to walk: its name, or a part that fits only one'},
		...walkFlags,
	},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		if (flags.list && flags.option !== undefined)
			throw new UsageError('--list and --option exclude each other', 'Give one of them.');
		const around = await surroundings(io, await readSite(io.env), flags);
		const {state, folder} = await readRun(around.stateFolder, name!);
		if (flags.list) return await list(around, state, folder.path, io, flags.json);
		if (flags.option === undefined) {
			throw new UsageError('Which option?', `handrail rollback ${folder.id} --list shows them; then --option NAME.`);
		}
		const guards = guardIntents(state.runbook, flags);
		const secrets = readSecrets(flags.secret, each => Boolean(state.runbook.inputs[each]?.secret));
		const options = optionsFor(state, flags.option);
		const {session, begin} = await open(around, state, folder, options);
		const visit: Intent[] = state.ended ? [] : [{type: 'visit', section: Object.values(options)[0]!}];
		return await drive(session, begin, {
			io,
			flags,
			stateFolder: around.stateFolder,
			secrets,
			first: [...guards, ...visit],
			isRollback: true,
			isResume: true,
		});
	},
});

/** An open run goes on with the option; of an ended one a new run is begun, that names it and knows what it knew. */
async function open(
	around: Surroundings,
	state: RunState,
	folder: RunFolder,
	options: Record<string, string>,
): Promise<Opened> {
	if (!state.ended) return await resumeRun(around, folder.id);
	const {beginning} = state;
	const loaded = await loadedFrom(around.stateFolder, folder.id);
	const hosts = Object.keys(options);
	const values = Object.fromEntries(hosts.map(host => [host, state.hosts[host]!.values]));
	const rollback = {of: beginning!.run, options, values};
	const opened = await startRun(around, {loaded, hosts, trusted: state.trusted, rollback, inputs: state.inputs});
	await inheritWorld(folder.path, opened.session.world.folder.path);
	return opened;
}

/** The option of each host concerned: the current one of an open run, all that were changed of an ended one. */
function optionsFor(state: RunState, name: string): Record<string, string> {
	const hosts = state.order.map(host => state.hosts[host]!);
	const concerned = state.ended
		? hosts.filter(host => host.changes > 0)
		: hosts.filter(host => !host.ended).slice(0, 1);
	if (concerned.length === 0) throw new UsageError('This run changed nothing', 'There is nothing to come back from.');
	return Object.fromEntries(
		concerned.map(host => {
			const found = findOption(state, host, name);
			if (found.length === 1) return [host.name, found[0]!.id];
			const what =
				found.length === 0
					? 'no rollback option of'
					: `several rollback options (${found.map(each => each.id).join(', ')}) of`;
			throw new UsageError(`"${name}" fits ${what} this runbook for ${host.name}`, 'See: handrail rollback RUN --list');
		}),
	);
}

async function list(around: Surroundings, state: RunState, folder: string, io: Io, isJson: boolean): Promise<number> {
	const options: Option[] = [];
	const look = async (name: HostName, asks: AskLogin, signal: AbortSignal) => {
		const host = around.host(name, {folder, asks});
		try {
			options.push(...(await listOptions(state, name, host, signal)));
		} catch (error) {
			if (error instanceof NotConnected) throw new Failure(error.message, error.hint, 4);
			throw error;
		} finally {
			await host.close();
		}
	};
	await withLogin(io, isJson, async (asks, signal) => {
		for (const name of state.order) await look(name, asks, signal);
	});
	if (isJson) printJson(io, state.order.length === 1 ? options.map(({host, ...option}) => option) : options);
	else io.stdout.write(rollbackList(options));
	return 0;
}
