import {isSecret} from '../core/run/needs.ts';
import {resumeRun} from '../runtime/engine/open-run.ts';
import type {Session} from '../runtime/engine/session.ts';
import {listRuns} from '../runtime/journal/list-runs.ts';
import {readSecrets} from '../runtime/settings/read-secret.ts';
import {readSite} from '../runtime/settings/read-site.ts';
import {defineCommand, type FlagValues, UsageError} from './command.ts';
import {drive} from './drive.ts';
import {guardIntents} from './guard-intents.ts';
import {surroundings} from './surroundings.ts';
import {walkFlags} from './walk-flags.ts';

export const command = defineCommand({
	name: 'resume',
	summary: 'Goes on with an open run',
	usage: 'resume [RUN] [--take-over]   (without RUN where exactly one run is open)',
	flags: {
		'take-over': {type: 'boolean', help: 'end the program that drives it elsewhere, and go on here'},
		...walkFlags,
	},
	arguments: {minimum: 0, maximum: 1},
	async run({arguments: [name], flags, io}) {
		if (flags.plain && flags.json) throw new UsageError('--plain and --json exclude each other', 'Give one of them.');
		const around = await surroundings(io, await readSite(io.env), flags);
		const run = name ?? (await onlyOpenRun(around.stateFolder));
		const {session, begin} = await resumeRun(around, run, flags['take-over']);
		const given = await fromFlags(session, flags);
		return await drive(session, begin, {
			io,
			flags,
			stateFolder: around.stateFolder,
			...given,
			isRollback: session.state.beginning?.rollback !== undefined,
			isResume: true,
		});
	},
});

/** Where the flags are wrong, the run is as if nobody had opened it. */
async function fromFlags(session: Session, flags: FlagValues<typeof walkFlags>) {
	const {runbook, hosts} = session.state;
	const isDeclared = (name: string) => Object.values(hosts).some(host => isSecret(runbook, host, name));
	try {
		const secrets = readSecrets(flags.secret, isDeclared);
		return {secrets, first: guardIntents(runbook, flags)};
	} catch (error) {
		await session.close();
		throw error;
	}
}

async function onlyOpenRun(stateFolder: string): Promise<string> {
	const open = (await listRuns(stateFolder)).filter(run => run.started !== null && run.end === null);
	if (open.length === 1) return open[0]!.id;
	if (open.length === 0) throw new UsageError('No run is open', 'See: handrail runs');
	throw new UsageError(`${open.length} runs are open: ${open.map(run => run.id).join(', ')}`, 'Name one of them.');
}
