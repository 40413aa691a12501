import type {Readings} from '../../../core/gauges/gauge.ts';
import {type Sampled, trendWindow} from '../../../core/gauges/trend.ts';
import {OutputScreen} from '../../../core/text/output-screen.ts';
import type {Change, Session} from '../../../runtime/engine/session.ts';
import {noticeLines} from '../../plain/login-lines.ts';
import {hasTerminal} from './answer-overlay.ts';
import {terminalSize} from './layout.ts';
import {hostShown, type Model, questionOf, type Size, taskShown} from './model.ts';

/** Milliseconds between two frames that data cause: usually, and while a flood is drawn. A key is drawn at once. */
const usual = 100;
const flooded = 240;
const typing = 25;

/** Milliseconds for which a remark stands. */
const remarkTime = 20_000;

const unshown = '[not shown: it may hold a secret that was not given since; the record has every byte]\n';

/** What a session shows: collected as it comes, told at most ten times a second. */
export class Live {
	readonly #session: Session;
	readonly #changed: () => void;
	readonly #leave: () => void;
	#size: Size;
	#outputs = new Map<string, OutputScreen>();
	#ended = new Set<string>();
	/** Tasks whose output may hold secrets that are not known. */
	readonly #covered = new Set<string>();
	#viewed: string | undefined;
	#isStill = false;
	#isTyping = false;
	#health: {host: string; readings: Readings} | undefined;
	#sampled: number | undefined;
	#history: Sampled[] = [];
	#lost: number | undefined;
	#remark: string | undefined;
	#remarked = 0;
	#ticking: NodeJS.Timeout | undefined;
	#now: number;
	#began: number;
	#timer: NodeJS.Timeout | undefined;
	#last = 0;
	#pause = usual;

	constructor(session: Session, size: Size, changed: () => void) {
		this.#session = session;
		this.#size = size;
		session.terminals.resize(terminalSize(size));
		this.#changed = changed;
		this.#now = session.world.clock.now().getTime();
		this.#began = Math.min(this.#now, ...firstTasks(session));
		this.#leave = session.subscribe(change => this.#take(change));
	}

	close(): void {
		this.#leave();
		clearInterval(this.#ticking);
		clearTimeout(this.#timer);
		for (const output of this.#outputs.values()) output.dispose();
		this.#outputs.clear();
	}

	resize(size: Size): void {
		this.#size = size;
		this.#session.terminals.resize(terminalSize(size));
		for (const [task, output] of this.#outputs) {
			if (this.#hasTerminal(task)) output.resize(size.columns, terminalSize(size).rows);
			else output.resize(size.columns);
		}
	}

	/** What a task has on its screen. */
	screen(task: string): OutputScreen {
		return this.#output(task);
	}

	/** Somebody types, and waits for each key to be shown. */
	hurry(isTyping: boolean): void {
		this.#isTyping = isTyping;
	}

	/** The task of the output view, and whether it stands still: then nothing more is drawn under the reader's eyes. */
	look(task: string | undefined, isStill: boolean): void {
		this.#viewed = task;
		if (this.#isStill && !isStill) this.#schedule();
		this.#isStill = isStill;
	}

	model(): Model {
		const session = this.#session;
		const {state} = session;
		const host = hostShown(state);
		const task = taskShown(host);
		const {folder} = session.world;
		this.#keepOnly([task?.task, this.#viewed]);
		return {
			state,
			host,
			question: questionOf(state),
			login: session.login,
			wait: session.desk.waiting,
			task,
			output: task && this.#output(task.task),
			silence: task && session.silences.get(task.task),
			viewed: this.#viewed === undefined ? undefined : this.#output(this.#viewed),
			...(this.#health?.host === host.name
				? {readings: this.#health.readings, sampled: this.#sampled, history: this.#history}
				: {readings: {}, sampled: undefined, history: []}),
			now: this.#now,
			began: this.#began,
			lost: this.#lost,
			retry: session.retries.get(host.name),
			remark: this.#now - this.#remarked < remarkTime ? this.#remark : undefined,
			banner: bannerOf(session),
			stopped: session.stopped && `${session.stopped.message}. ${session.stopped.hint}`,
			mode: session.hosts.get(host.name).kind === 'practice' ? 'PRACTICE' : 'LIVE',
			run: {id: folder.id, path: folder.path, head: `${session.head.hash} (event ${session.head.seq})`},
		};
	}

	#take(change: Change): void {
		if (change.kind === 'output') {
			this.#outputs.get(change.task)?.push(change.bytes);
			if (!this.#isStill) this.#schedule();
			return;
		}
		if (change.kind === 'health') {
			const at = this.#session.world.clock.now().getTime();
			const before = this.#health?.host === change.host ? this.#history : [];
			this.#history = [...before.filter(each => at - each.at < trendWindow), {at, readings: change.readings}];
			this.#health = change;
			this.#sampled = at;
		}
		const remark = change.kind === 'notice' && !change.notice.leave ? noticeLines(change.notice).join(' ') : undefined;
		if (change.kind === 'remark' || remark !== undefined) {
			this.#remark = change.kind === 'remark' ? change.text : remark;
			this.#remarked = this.#session.world.clock.now().getTime();
		}
		if (change.kind === 'events') {
			for (const event of change.events) {
				if (event.type === 'link.lost') this.#lose(event.at);
				if (event.type === 'host.met') this.#find();
				if (event.type === 'task.reported' && event.report.is !== 'running') this.#ended.add(event.task);
			}
		}
		this.#schedule();
	}

	/** No figures come meanwhile that would move the clocks. */
	#lose(at: string): void {
		this.#lost ??= Date.parse(at);
		this.#ticking ??= setInterval(() => this.#schedule(), 1000);
	}

	#find(): void {
		this.#lost = undefined;
		clearInterval(this.#ticking);
		this.#ticking = undefined;
	}

	#schedule(): void {
		this.#timer ??= setTimeout(() => void this.#tell(), Math.max(0, this.#last + this.#pause - performance.now()));
	}

	async #tell(): Promise<void> {
		const waiting = [...this.#outputs].filter(([task]) => !(this.#isStill && task === this.#viewed));
		this.#pause = waiting.some(([, output]) => output.isFlooded) ? flooded : this.#isTyping ? typing : usual;
		await Promise.all(waiting.map(([task, output]) => (this.#ended.has(task) ? output.end() : output.draw())));
		this.#timer = undefined;
		this.#last = performance.now();
		this.#now = this.#session.world.clock.now().getTime();
		this.#changed();
	}

	/** What was recorded before this screen looked at the task comes first. */
	#output(task: string): OutputScreen {
		const known = this.#outputs.get(task);
		if (known && !this.#isUncovered(task)) return known;
		known?.dispose();
		const isTerminal = this.#hasTerminal(task);
		const output = new OutputScreen(this.#size.columns, {
			isTerminal,
			...(isTerminal && {rows: terminalSize(this.#size).rows}),
			secrets: () => this.#session.secrets.all(),
		});
		this.#outputs.set(task, output);
		const recorded = this.#session.recordedTail(task);
		if (!recorded) this.#covered.add(task);
		const bytes = recorded ?? Buffer.from(unshown);
		if (bytes.length > 0) {
			output.push(bytes);
			this.#schedule();
		}
		return output;
	}

	/** By now the secrets are known that its output may hold. */
	#isUncovered(task: string): boolean {
		return this.#covered.has(task) && this.#session.recordedTail(task) !== undefined && this.#covered.delete(task);
	}

	#hasTerminal(id: string): boolean {
		const {state} = this.#session;
		const host = hostShown(state);
		const task = host.tasks[id];
		return task !== undefined && hasTerminal({state, host}, task);
	}

	#keepOnly(wanted: (string | undefined)[]): void {
		for (const [task, output] of this.#outputs) {
			if (wanted.includes(task)) continue;
			output.dispose();
			this.#outputs.delete(task);
		}
	}
}

function bannerOf({fault, stopped}: Session): string | undefined {
	if (fault) return `NOT RECORDED: ${fault.message}. ${fault.hint}`;
	return stopped && `STOPPED: ${stopped.message}. ${stopped.hint}`;
}

/** A resumed run began when its first task did, as far as its state tells. */
function firstTasks({state}: Session): number[] {
	const tasks = state.order.flatMap(name => Object.values(state.hosts[name]!.tasks));
	return tasks.slice(0, 1).map(task => Date.parse(task.at));
}
