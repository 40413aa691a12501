import type {HostName, TaskId} from '../../core/run/host.ts';
import {runningTask} from '../../core/run/state.ts';
import {blockFor} from '../../core/run/walk.ts';
import {hostOf} from './run-task.ts';
import type {Session} from './session.ts';
import {remoteId} from './task-spec.ts';

export type TerminalSize = {rows: number; columns: number};

/** Milliseconds for which a size has to stand before tasks are told: a window that is dragged has many. */
const settled = 200;

/** The size of the terminal that tasks with `tty` have: that of the place where they are drawn in full. */
export class TaskTerminals {
	/** As it is where nobody looks at a screen. */
	size: TerminalSize = {rows: 24, columns: 80};
	readonly #session: Session;
	readonly #told = new Map<TaskId, string>();
	#timer: NodeJS.Timeout | undefined;

	constructor(session: Session) {
		this.#session = session;
	}

	/** The task was started with the size of now. */
	started(task: TaskId): void {
		this.#told.set(task, nameOf(this.size));
	}

	/** Another size, here and soon for what runs. */
	resize(size: TerminalSize): void {
		if (nameOf(size) === nameOf(this.size)) return;
		this.size = size;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			for (const host of Object.values(this.#session.state.hosts)) {
				const task = runningTask(host);
				if (task) void this.fit(host.name, task.task);
			}
		}, settled);
	}

	/** Tells a running task the size, where it knows another one. That a host does not take it is no harm. */
	async fit(name: HostName, task: TaskId): Promise<void> {
		const host = this.#session.state.hosts[name]!;
		const block = blockFor(this.#session.state, host, host.tasks[task]!.block)?.block;
		const size = nameOf(this.size);
		if (block?.kind !== 'command' || !block.tty || this.#told.get(task) === size) return;
		this.#told.set(task, size);
		const {rows, columns} = this.size;
		await hostOf(this.#session, name, task)
			.resize(remoteId(this.#session.state, task), rows, columns)
			.catch(() => this.#told.delete(task));
	}

	close(): void {
		clearTimeout(this.#timer);
	}
}

const nameOf = ({rows, columns}: TerminalSize): string => `${columns}x${rows}`;
