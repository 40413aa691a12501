import type {TaskId} from '../../core/run/host.ts';
import {isSecret} from '../../core/run/needs.ts';
import type {HostState, TaskState} from '../../core/run/state.ts';
import {SecretForms} from '../../core/text/secret-forms.ts';
import {readTailSync} from '../journal/read-output.ts';
import {taskFolder} from '../journal/task-folder.ts';
import type {Session} from './session.ts';

/** The last bytes of a task's output; undefined where they may hold a secret that is not known. */
export function recordedTail(session: Session, task: TaskId, most: number): Uint8Array | undefined {
	const host = Object.values(session.state.hosts).find(each => Object.hasOwn(each.tasks, task));
	if (!host || !canBeMasked(session, host, host.tasks[task]!)) return undefined;
	const bytes = readTailSync(taskFolder(session.world.folder, task).output, most);
	if (bytes.length < most || session.secrets.isEmpty) return bytes;
	// It may begin inside a secret, which may be wrapped: twice its length is ample, line breaks and colours included.
	const {longest} = new SecretForms(session.secrets.all());
	return bytes.subarray(bytes.indexOf(lineFeed, 2 * longest) + 1);
}

const lineFeed = 10;

function canBeMasked({state, earlier}: Session, host: HostState, {task, seen}: TaskState): boolean {
	if (!earlier.has(task)) return true;
	if (seen) return seen.holdsSecret !== true;
	// Nobody has looked through it.
	const names = [...Object.keys(state.runbook.inputs), ...host.withheld];
	return names.every(name => !isSecret(state.runbook, host, name) || host.secrets.includes(name));
}
