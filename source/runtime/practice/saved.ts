import type {LockOwner} from '../../core/run/host.ts';
import type {TaskSpec} from '../hosts/host.ts';
import type {Signal} from './machine.ts';
import type {World} from './world.ts';

/** What is kept of the practice server: enough to go on after the program was killed at any moment. */
export type Saved = {
	format: 1;
	/** As it stands; while a task runs, as it stood when that began: what runs is run again up to where it was. */
	world: World;
	/** The server's clock at a moment of the clock here; both in milliseconds since 1970. */
	clock: {server: number; here: number};
	tasks: Record<string, TaskRecord>;
	running?: string;
	lock?: LockOwner;
};

export type TaskRecord = Progress & {
	/** Without values of secrets: a task that had any cannot go on. */
	spec: TaskSpec;
	/** The server's clock when it began. */
	began: number;
	/** Everything that it has printed, a character for each byte. */
	output: string;
	stdout: string;
	/** Lines of $HANDRAIL_OUTPUT. */
	values: string;
	end?: {is: 'ended'; exit: number} | {is: 'lost'; rebooted: boolean};
};

/** How far a script has come: moments at which it let time pass, and what reached it from outside at which of them. */
export type Progress = {gates: number; at: number; inputs: Input[]};

export type Input = {gate: number; at: number} & ({kind: 'bytes'; bytes: string} | {kind: Signal});
