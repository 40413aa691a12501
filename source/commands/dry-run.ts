import {type DryHost, planOf} from '../core/run/dry-plan.ts';
import type {NewEvent} from '../core/run/events.ts';
import {fold} from '../core/run/evolve.ts';
import type {HostName} from '../core/run/host.ts';
import type {Intent} from '../core/run/told.ts';
import type {Surroundings} from '../runtime/engine/open-run.ts';
import type {AskLogin} from '../runtime/hosts/ask-login.ts';
import {NotConnected} from '../runtime/hosts/host.ts';
import type {LoadedRunbook} from '../runtime/settings/load-runbook.ts';
import {dryRunText} from '../views/plain/dry-run-text.ts';
import {Failure, type Io} from './command.ts';
import {printJson} from './print.ts';
import {withLogin} from './with-login.ts';

/** Connects, reads facts and gauges, judges what needs nothing of the document, shows what would run. Runs none of it. */
export async function dryRun(
	around: Surroundings,
	loaded: LoadedRunbook,
	names: string[],
	variables: Extract<Intent, {type: 'give-input'}>[],
	io: Io,
	isJson: boolean,
): Promise<number> {
	const {sha256, file, form, bundled, document} = loaded;
	const {title} = document.runbook;
	const events: NewEvent[] = [
		{
			host: null,
			type: 'run.started',
			journal: 1,
			handrail: around.version,
			run: 'dry-run',
			runbook: {title, file, sha256, form, bundled},
			hosts: names,
			trusted: true,
		},
		...variables.map(({name, value}): NewEvent => ({host: null, type: 'input.given', name, value})),
	];
	const hosts: DryHost[] = [];
	const look = async (name: HostName, asks: AskLogin, signal: AbortSignal) => {
		const host = around.host(name, {asks});
		try {
			const meeting = await host.connect(signal);
			const facts = {...meeting.facts, ...around.facts(name)};
			events.push({host: name, type: 'host.met', ...meeting, facts});
			hosts.push(planOf(fold(document.runbook, events), name, await host.sample()));
		} catch (error) {
			if (error instanceof NotConnected) throw new Failure(error.message, error.hint, 4);
			throw error;
		} finally {
			await host.close();
		}
	};
	await withLogin(io, isJson, async (asks, signal) => {
		for (const name of names) await look(name, asks, signal);
	});
	if (isJson) printJson(io, hosts);
	else io.stdout.write(dryRunText(document.runbook, hosts));
	return hosts.some(host => host.guards.some(guard => guard.holds === false)) ? 5 : 0;
}
