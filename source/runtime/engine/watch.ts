import type {HostName} from '../../core/run/host.ts';
import type {TaskState} from '../../core/run/state.ts';
import type {Command} from '../../core/runbook/model.ts';
import type {Session} from './session.ts';

/** Tells when a task runs longer than its `timeout`, or is silent for longer than its `idle`. Never kills anything. */
export class Watch {
	readonly #tell: (which: 'timeout' | 'idle') => void;
	readonly #idle: number | undefined;
	readonly #timers: {timeout?: NodeJS.Timeout; idle?: NodeJS.Timeout} = {};

	constructor(session: Session, host: HostName, {task, at}: TaskState, command: Command) {
		this.#tell = which => {
			session.observe(host, {type: 'overdue', task, which}).catch(() => undefined);
		};
		this.#idle = command.idle;
		if (command.timeout !== undefined) {
			const ran = Math.max(0, session.world.clock.now().getTime() - Date.parse(at));
			this.#timers.timeout = setTimeout(this.#tell, Math.max(0, command.timeout - ran), 'timeout');
		}
		this.heard();
	}

	/** The task has printed something. */
	heard(): void {
		clearTimeout(this.#timers.idle);
		if (this.#idle !== undefined) this.#timers.idle = setTimeout(() => this.#silent(), this.#idle);
	}

	/** Who was told and waits on is told again. */
	#silent(): void {
		this.#tell('idle');
		this.heard();
	}

	end(): void {
		clearTimeout(this.#timers.timeout);
		clearTimeout(this.#timers.idle);
	}
}
