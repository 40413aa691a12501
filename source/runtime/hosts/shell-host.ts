import type {HostName} from '../../core/run/host.ts';
import {sudoClient} from '../tasks/sudo-client.ts';
import {taskClient} from '../tasks/task-client.ts';
import {aftermath} from './aftermath.ts';
import type {Host} from './host.ts';
import {hostLock} from './lock.ts';
import {meet} from './meet.ts';
import {read} from './read.ts';
import {sampler} from './sampler.ts';
import type {Shell} from './shell.ts';

/** A host, given a shell on it: everything that Handrail does on a machine is written once, above it. */
export function shellHost(name: HostName, shell: Shell): Host {
	return {
		name,
		kind: shell.kind,
		connect: signal => meet(shell, signal),
		...taskClient(shell),
		read: spec => read(shell, spec),
		examine: task => aftermath(spec => read(shell, spec), task),
		sample: sampler(shell),
		...hostLock(shell),
		...sudoClient(shell),
		transport: () => shell.transport?.(),
		onLink: listener => shell.onLink(listener),
		close: () => shell.close(),
	};
}
