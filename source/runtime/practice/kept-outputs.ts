import type {TaskRecord} from './saved.ts';

/** Outputs of tasks as far as they are on the disk: nobody is given a byte that a kill could take back. */
export class KeptOutputs {
	readonly #tasks: Record<string, TaskRecord>;
	readonly #save: () => Promise<void>;
	/** Bytes of each task's output that are kept, and whether its end is. */
	readonly #kept = new Map<string, {bytes: number; isOver: boolean}>();
	readonly #listeners = new Set<() => void>();
	#isClosed = false;

	constructor(tasks: Record<string, TaskRecord>, save: () => Promise<void>) {
		this.#tasks = tasks;
		this.#save = save;
		for (const [id, task] of Object.entries(tasks)) this.#kept.set(id, stateOf(task));
	}

	/** Keeps what a task has printed so far; tried until the disk takes it. */
	keep(record: TaskRecord): void {
		const id = record.spec.task;
		const state = stateOf(record);
		this.#save().then(
			() => {
				if (state.bytes >= (this.#kept.get(id)?.bytes ?? 0)) this.#kept.set(id, state);
				this.#notify();
			},
			() => {
				if (!this.#isClosed) setTimeout(() => this.keep(record), 1000).unref();
			},
		);
	}

	forget(id: string): void {
		this.#kept.delete(id);
	}

	/** Bytes from an offset on; ends with the task, or when the signal says so. */
	async *follow(id: string, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
		let at = offset;
		while (!signal.aborted && !this.#isClosed && Object.hasOwn(this.#tasks, id)) {
			const {bytes, isOver} = this.#kept.get(id) ?? {bytes: 0, isOver: false};
			if (bytes > at) {
				const piece = Buffer.from(this.#tasks[id]!.output.slice(at, bytes), 'latin1');
				at = bytes;
				yield piece;
			} else if (isOver) return;
			else await this.#change(signal);
		}
	}

	/** Lets go of everybody who follows. */
	close(): void {
		this.#isClosed = true;
		this.#notify();
	}

	#notify(): void {
		for (const listener of [...this.#listeners]) listener();
	}

	async #change(signal: AbortSignal): Promise<void> {
		await new Promise<void>(resolve => {
			const go = () => {
				this.#listeners.delete(go);
				signal.removeEventListener('abort', go);
				resolve();
			};
			this.#listeners.add(go);
			signal.addEventListener('abort', go, {once: true});
			if (signal.aborted || this.#isClosed) go();
		});
	}
}

const stateOf = ({output, end}: TaskRecord) => ({bytes: output.length, isOver: end !== undefined});
