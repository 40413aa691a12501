import {decide} from '../core/run/decide.ts';
import {selfRun} from '../core/run/needs.ts';
import {initialState} from '../core/run/state.ts';
import type {Intent} from '../core/run/told.ts';
import type {Runbook} from '../core/runbook/model.ts';
import {indexOf, roleOf} from '../core/runbook/outline.ts';
import {nearest} from '../core/text/nearest.ts';
import {refusalWords} from '../core/text/words.ts';
import {startRun} from '../runtime/engine/open-run.ts';
import {readSecrets} from '../runtime/settings/read-secret.ts';
import {readSite} from '../runtime/settings/read-site.ts';
import {openTrust} from '../runtime/settings/trust.ts';
import {chooseEnvironment} from './choose-environment.ts';
import {defineCommand, UsageError} from './command.ts';
import {drive} from './drive.ts';
import {dryRun} from './dry-run.ts';
import {guardIntents} from './guard-intents.ts';
import {askHost} from './home.ts';
import {openRunbook} from './open-runbook.ts';
import {wantsScreen} from './screen.ts';
import {checkHosts, surroundings} from './surroundings.ts';
import {walkFlags} from './walk-flags.ts';

export const command = defineCommand({
	name: 'run',
	summary: 'Walks a runbook on one or more hosts',
	usage: `run RUNBOOK -H HOST... [--env ENV] [--var NAME=VALUE]... [--secret NAME=fd:N]...
    [--from SECTION --reason TEXT] [--dry-run] [--plain | --json] [--yes] [--confirm HOST]... [--skip-manual REASON]
    [--override GUARD=REASON]... [--break-lock REASON] [--accept-new] [--transport ssh2|openssh]
    [--trust]`,
	flags: {
		host: {
			type: 'string',
			short: 'H',
			multiple: true,
			value: 'HOST',
			help: 'the host to walk it on; several are walked in this order',
		},
		env: {type: 'string', value: 'ENV', help: 'treat the hosts as of this environment; may only be stricter'},
		var: {type: 'string', multiple: true, value: 'NAME=VALUE', help: 'a value for a declared input'},
		from: {type: 'string', value: 'SECTION', help: 'begin at this section; what is before it counts as skipped'},
		reason: {type: 'string', value: 'TEXT', help: 'why the walk begins at --from'},
		'dry-run': {type: 'boolean', help: 'connect, judge what can be judged, show what would run; run nothing'},
		...walkFlags,
	},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		const loaded = await openRunbook(name!, io);
		const {runbook} = loaded.document;
		if (flags.host.length === 0 && wantsScreen(io, flags)) flags.host.push(...(await askHost(name!, io)));
		if (flags.host.length === 0) throw new UsageError('No host is named', 'Name one: -H web1, or -H local');
		checkHosts(flags.host);
		if (flags.plain && flags.json) throw new UsageError('--plain and --json exclude each other', 'Give one of them.');
		if (flags.from !== undefined && !flags.reason)
			throw new UsageError('--from needs a --reason', 'Say why the steps before it are not walked.');
		const variables = flags.var.map(each => variable(runbook, each));
		const guards = guardIntents(runbook, flags);
		const jump = flags.from === undefined ? [] : [jumpTo(runbook, flags.from, flags.reason!)];
		const site = await readSite(io.env);
		const {environment, deviations} = chooseEnvironment(flags.env, flags.host, flags.override, site);
		const around = await surroundings(io, site, flags, environment);
		if (flags['dry-run']) return await dryRun(around, loaded, flags.host, variables, io, flags.json);
		const secrets = readSecrets(flags.secret, each => Boolean(runbook.inputs[each]?.secret));
		const trust = await openTrust(around.stateFolder);
		const isTrusted = loaded.bundled || selfRun(runbook).length === 0 || trust.isTrusted(loaded.sha256);
		const {session, begin} = await startRun(around, {
			loaded,
			hosts: flags.host,
			trusted: isTrusted,
			deviations,
			first: [...variables, ...jump],
		});
		return await drive(session, begin, {
			io,
			flags,
			stateFolder: around.stateFolder,
			secrets,
			first: guards,
			isRollback: false,
			isResume: false,
		});
	},
});

/** Where the walk begins; checked before anything is begun. */
function jumpTo(runbook: Runbook, name: string, reason: string): Intent {
	const index = indexOf(runbook);
	const section = name.replace(/^#/, '').toLowerCase();
	const known = [...index.sections.keys()].filter(id => !roleOf(index, id));
	if (known.includes(section)) return {type: 'go', section, reason};
	const near = nearest(section, known);
	throw new UsageError(
		`--from ${name}: the walk passes no such section`,
		near ? `Did you mean --from ${near}?` : `Its sections: ${known.join(', ')}`,
	);
}

/** Checked before anything is begun. */
function variable(runbook: Runbook, flag: string): Extract<Intent, {type: 'give-input'}> {
	const at = flag.indexOf('=');
	if (at <= 0) throw new UsageError(`--var takes NAME=VALUE, not "${flag}"`, 'For example: --var TICKET=CHG01234');
	const intent = {type: 'give-input', name: flag.slice(0, at), value: flag.slice(at + 1)} as const;
	if (runbook.inputs[intent.name]?.secret) {
		throw new UsageError(`${intent.name} is a secret: it is never given by --var`, `Use --secret ${intent.name}=fd:3`);
	}
	const decision = decide(initialState(runbook), {host: null, what: intent});
	if ('refused' in decision) {
		const known = Object.keys(runbook.inputs).join(', ') || 'none';
		throw new UsageError(`--var ${intent.name}: ${refusalWords(decision.refused)}`, `Declared inputs: ${known}.`);
	}
	return intent;
}
