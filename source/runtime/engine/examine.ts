import type {Finding} from '../../core/run/finding.ts';
import type {HostName, TaskId} from '../../core/run/host.ts';
import {blockFor} from '../../core/run/walk.ts';
import {visibleLine} from '../../core/text/filter.ts';
import {plainText} from '../../core/text/plain-text.ts';
import {hostOf} from './run-task.ts';
import type {Session} from './session.ts';
import {remoteId} from './task-spec.ts';

/** What is known of a task that nobody knows the end of: what its host shows, and the last of what it printed. */
export async function examine(session: Session, {host, task}: {host: HostName; task: TaskId}): Promise<void> {
	const remote = hostOf(session, host, task);
	const seen = (await remote.examine?.(remoteId(session.state, task))) ?? [];
	if (session.closing.signal.aborted) return;
	const findings = seen.map(finding => masked(session, finding));
	await session.observe(host, {type: 'examined', task, findings: [...findings, ...lastOutput(session, host, task)]});
}

/** Words of a host, harmless to print, without the secrets of the session. */
function masked(session: Session, finding: Finding): Finding {
	const clean = (text: string) => visibleLine(session.secrets.maskedExcerpt(text));
	return Object.fromEntries(
		Object.entries(finding).map(([name, value]) => [
			name,
			name === 'is'
				? value
				: Array.isArray(value)
					? value.map(clean)
					: typeof value === 'string'
						? clean(value)
						: value,
		]),
	) as Finding;
}

function lastOutput(session: Session, host: HostName, task: TaskId): Finding[] {
	const state = session.state.hosts[host]!;
	const block = blockFor(session.state, state, state.tasks[task]!.block)?.block;
	const bytes = block?.kind === 'command' && block.sensitive ? undefined : session.recordedTail(task, 16_384);
	if (!bytes) return [];
	const lines = session.secrets.masked(plainText(bytes)).split('\n');
	const last = lines.filter(line => line.trim() !== '').slice(-5);
	return [{is: 'output', lines: last.map(line => visibleLine(line.slice(0, 200)))}];
}
