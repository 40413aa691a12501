import type {Reading, Readings} from '../../core/gauges/gauge.ts';
import {documentReading} from '../../core/gauges/of-document.ts';
import {judgeBlock} from '../../core/run/applies.ts';
import type {HostName} from '../../core/run/host.ts';
import type {HostState, RunState} from '../../core/run/state.ts';
import {lackOfSudo, sudoSecret} from '../../core/run/sudo.ts';
import type {Command} from '../../core/runbook/model.ts';
import {sectionsOf} from '../../core/runbook/outline.ts';
import {askDocument} from './ask-document.ts';
import type {Session} from './session.ts';

/** Reads the gauges of the document that are for this host now, one after another. May throw `LinkLost`. */
export async function documentGauges(session: Session, name: HostName): Promise<Readings> {
	const {state} = session;
	const host = state.hosts[name]!;
	const readings: [gauge: string, reading: Reading][] = [];
	for (const command of gaugesFor(state, host)) {
		const remote = command.on === 'control' ? session.hosts.control() : session.hosts.get(name);
		const {[sudoSecret]: password} = session.secrets.of(name, [sudoSecret]);
		const {exit, line, isLetIn} = await askDocument(state, host, command, remote, session.closing.signal, {
			masked: text => session.secrets.masked(text),
			...(password && {password}),
		});
		const reading = documentReading(command.gauge!, isLetIn ? exit : 1, line);
		if (reading) readings.push([command.gauge!.name, reading]);
	}
	return Object.fromEntries(readings);
}

/** One whose `when` is not yet known is not shown, and nobody is asked for a value or a password because of it. */
function gaugesFor(state: RunState, host: HostState): Command[] {
	if (!state.trusted) return [];
	return sectionsOf(state.runbook).flatMap(section =>
		section.content.filter(
			(content): content is Command =>
				'kind' in content &&
				content.kind === 'command' &&
				content.role === 'gauge' &&
				content.placeholders.length === 0 &&
				judgeBlock(state, host, section, content).is === 'yes' &&
				lackOfSudo(host, content, content.script) !== 'ask',
		),
	);
}
