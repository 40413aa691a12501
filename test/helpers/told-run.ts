// A run in the core alone: told by a test, in a world that is a table.
import assert from 'node:assert/strict';
import type {Readings} from '../../source/core/gauges/gauge.ts';
import {decide, follow} from '../../source/core/run/decide.ts';
import type {Durability} from '../../source/core/run/durability.ts';
import type {EarlierTask} from '../../source/core/run/earlier.ts';
import {type Effect, effects} from '../../source/core/run/effects.ts';
import type {Answer, Beginning, NewEvent} from '../../source/core/run/events.ts';
import {applyTo, draftOf} from '../../source/core/run/evolve.ts';
import type {Finding} from '../../source/core/run/finding.ts';
import type {HostName, Identity, LockOwner, TaskReport} from '../../source/core/run/host.ts';
import {type Question, question} from '../../source/core/run/question.ts';
import {type BlockStatus, type HostState, initialState, type RunState} from '../../source/core/run/state.ts';
import type {Intent, Observation, Refusal} from '../../source/core/run/told.ts';
import {blockFor} from '../../source/core/run/walk.ts';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import {type Outcome, succeeds} from './explore.ts';

export type TableWorld = {
	facts?: Record<string, string>;
	identity?: Partial<Identity>;
	/** How scripts end, the last one again and again; what is not in it succeeds, `hangs` never ends by itself. */
	outcomes?: Record<string, Outcome | 'hangs' | (Outcome | 'hangs')[]>;
	/** What `ready` and `available` say, by their script; `yes` where it is not in it. */
	answers?: Record<string, Answer>;
	readings?: Readings;
	/** Who holds the lock. */
	owner?: LockOwner;
	/** Guards that do not hold. */
	closed?: ('window' | 'promotion')[];
	/** Whether tasks outlive the connection. */
	durable?: Durability;
	/** What sudo says: first whether it asks, then to each password. */
	sudo?: Extract<Observation, {type: 'sudo'}>['is'][];
	/** What answers at each connection during a reboot, the last one again and again. */
	boots?: BootAnswer[];
	/** Units that have failed after a reboot. */
	failing?: string[];
	/** What can be seen where nobody knows how a task ended. */
	findings?: Finding[];
	/** Tasks of other runs at the first meeting, and what is said of them when they are asked after again. */
	earlier?: EarlierTask[];
	earlierSay?: TaskReport;
	/** Effects that nothing comes of. */
	deaf?: Effect['do'][];
};

/** The boot from before, nothing, another machine, another boot. */
export type BootAnswer = 'old' | 'nothing' | 'other' | 'new';

export type Options = {hosts?: HostName[]; trusted?: boolean; rollback?: Beginning['rollback']; world?: TableWorld};

export const exits = (exit: number): Outcome => ({report: {is: 'ended', exit, bytes: 0}});
export const vanishes = (alive = false): Outcome => ({report: {is: 'lost', rebooted: false, alive}});

/** A run of a runbook that is written in Markdown; it stands before its first question. */
export function toldRun(markdown: string, options: Options = {}): ToldRun {
	const run = new ToldRun(markdown, options);
	run.walk();
	return run;
}

export class ToldRun {
	state: RunState;
	readonly events: NewEvent[] = [];
	/** Scripts that were started, in their order. */
	readonly started: string[] = [];
	world: TableWorld;
	readonly #times: Record<string, number> = {};
	#tries = 0;
	#boot = 1;
	#connections = 0;

	constructor(markdown: string, {hosts = ['web1'], trusted = true, rollback, world = {}}: Options) {
		const {runbook, findings} = readMarkdown(markdown, 'test.md');
		const errors = findings.filter(finding => finding.severity === 'error');
		assert.deepEqual(errors, [], 'the runbook of the test has no errors');
		this.world = world;
		this.state = initialState(runbook);
		this.apply([
			{
				host: null,
				type: 'run.started',
				journal: 1,
				handrail: '0',
				run: 'r',
				runbook: {title: '', file: '', sha256: '', form: 'markdown', bundled: false},
				hosts,
				trusted,
				...(rollback && {rollback}),
			},
		]);
		this.apply(follow(this.state));
	}

	/** The host that the run is at; the last one once it has ended. */
	get host(): HostState {
		const hosts = this.state.order.map(name => this.state.hosts[name]!);
		return hosts.find(host => !host.ended) ?? hosts.at(-1)!;
	}

	get question(): Question | undefined {
		return question(this.state);
	}

	/** The question in a few words: its kind, and the block, section or name that it is about. */
	get asked(): string {
		const asked = this.question;
		if (!asked) return this.state.ended ?? 'nothing';
		const about = 'name' in asked ? asked.name : 'key' in asked ? asked.key : 'section' in asked ? asked.section : '';
		return [asked.kind, about || ('item' in asked && asked.item.id)].filter(Boolean).join(' ');
	}

	status(block: string): BlockStatus {
		return this.host.blocks[block]?.status ?? 'todo';
	}

	of<T extends NewEvent['type']>(type: T): Extract<NewEvent, {type: T}>[] {
		return this.events.filter(event => event.type === type) as Extract<NewEvent, {type: T}>[];
	}

	/** Tells what a person wants, and lets the world go on to the next question. */
	tell(intent: Intent, host: HostName | null = this.host.name): Refusal | undefined {
		const decision = decide(this.state, {host, by: {login: 'tester', uid: 1}, what: intent});
		if ('refused' in decision) return decision.refused;
		this.apply(decision.events);
		this.walk();
		return undefined;
	}

	/** The same, where it must not be refused. */
	does(...intents: Intent[]): this {
		for (const intent of intents) assert.equal(this.tell(intent), undefined, JSON.stringify(intent));
		return this;
	}

	/** Answers questions as a willing person does, until `stop` or the end. */
	untilAsked(stop: string): this {
		for (let count = 0; this.asked !== stop; count++) {
			const asked = this.question;
			assert.ok(asked && count < 100, `${stop} was not asked; the run stands at: ${this.asked}`);
			this.does(willing(asked));
		}
		return this;
	}

	observe(what: Observation, host: HostName = this.host.name): Refusal | undefined {
		const decision = decide(this.state, {host, what});
		if ('refused' in decision) return decision.refused;
		this.apply(decision.events);
		return undefined;
	}

	resume(): this {
		this.apply([{host: null, type: 'run.resumed', handrail: '0', pid: 1}]);
		this.apply(follow(this.state));
		this.walk();
		return this;
	}

	/** Lets the world answer until a person has to speak. */
	walk(): void {
		for (let count = 0; count < 1000; count++) {
			const effect = effects(this.state).find(each => this.#answers(each));
			if (!effect) return;
			const refusal = this.observe(this.#observation(effect)!, effect.host);
			assert.equal(refusal, undefined, JSON.stringify(effect));
		}
		assert.fail('the world goes on for ever');
	}

	apply(events: NewEvent[]): void {
		const draft = draftOf(this.state);
		for (const event of events) {
			applyTo(draft, event);
			this.events.push(event);
		}
		this.state = draft;
	}

	#answers(effect: Effect): boolean {
		if (this.world.deaf?.includes(effect.do)) return false;
		// Its time runs out only where the test says so.
		if (effect.do === 'await-boot') return false;
		if (effect.do !== 'follow') return true;
		const {task} = this.#scriptOf(effect);
		return this.#outcome(effect) !== 'hangs' || (task.cancel !== undefined && task.risk === 'reads');
	}

	#observation(effect: Effect): Observation | undefined {
		const {readings, owner, closed = [], answers = {}} = this.world;
		switch (effect.do) {
			case 'connect':
				return this.#connection(effect.host);
			case 'look-at-boot':
				// A host whose command is over goes down.
				if (effect.moment === 'during') return {type: 'link-lost', why: 'it goes down'};
				return {
					type: 'boot',
					task: effect.task,
					moment: effect.moment,
					boot: {
						id: `b${this.#boot}`,
						kernel: `6.${this.#boot}`,
						failed: effect.moment === 'after' ? (this.world.failing ?? []) : [],
						state: 'running',
					},
				};
			case 'await-boot':
				return undefined;
			case 'lock': {
				const isFree = !owner || this.state.overrides['lock'] !== undefined;
				if (!isFree) return {type: 'lock', answer: {taken: false, owner}};
				return {type: 'lock', answer: {taken: true, since: 'now', ...(owner && {broke: owner})}};
			}
			case 'unlock':
				return {type: 'unlocked'};
			case 'ask-durable':
				return {type: 'durable', on: effect.on, ...(this.world.durable ?? {can: true})};
			case 'ask-sudo':
				return {type: 'sudo', is: this.world.sudo?.[0] ?? 'free', user: 'me'};
			case 'try-sudo':
				return {type: 'sudo', is: this.world.sudo?.[++this.#tries] ?? 'accepted', user: 'me'};
			case 'sample':
				return {type: 'sampled', moment: effect.moment, readings: readings ?? {}};
			case 'judge':
				return {type: 'guard', guard: effect.guard, holds: !closed.includes(effect.guard), evidence: 'the table'};
			case 'probe': {
				const block = blockFor(this.state, this.state.hosts[effect.host]!, effect.block)!.block;
				const script = block.kind === 'command' ? block.script : '';
				return {type: 'probed', block: effect.block, answer: answers[script] ?? 'yes', evidence: script};
			}
			case 'reap':
				return {type: 'reaped', task: effect.task};
			case 'cancel':
				return {type: 'task', task: effect.task, report: {is: 'ended', exit: 143, bytes: 0}};
			case 'start':
				this.started.push(this.#scriptOf(effect).script);
				return {type: 'task', task: effect.task, report: {is: 'running', bytes: 0}};
			case 'examine':
				return {type: 'examined', task: effect.task, findings: this.world.findings ?? []};
			case 'ask-earlier':
				return {type: 'earlier-told', task: effect.task, report: this.world.earlierSay ?? {is: 'running', bytes: 0}};
			case 'adopt':
				return {type: 'earlier-told', task: effect.task, report: {is: 'ended', exit: 3, bytes: 7}, copied: 7};
			case 'clear':
				return {type: 'earlier-gone', task: effect.task};
			case 'follow':
			case 'ask': {
				const outcome = this.#outcome(effect, true);
				return {type: 'task', task: effect.task, ...(outcome === 'hangs' ? exits(143) : outcome)};
			}
		}
	}

	/** A host that reboots answers as the table says; every new boot has an id of its own. */
	#connection(name: HostName): Observation {
		const {facts, identity, boots = ['new']} = this.world;
		const answer = this.state.hosts[name]!.reboot ? boots[Math.min(this.#connections++, boots.length - 1)]! : 'old';
		if (answer === 'nothing') return {type: 'unreachable', why: 'no answer'};
		if (answer === 'new') this.#boot++;
		const machineId = answer === 'other' ? 'another' : name;
		return {
			type: 'met',
			identity: {machineId, hostKey: '', ownName: name, ...identity},
			bootId: `b${this.#boot}`,
			facts: {os: 'debian', family: 'debian', pm: 'apt', version: '12', ...facts},
			...(this.world.earlier && {earlier: this.world.earlier}),
		};
	}

	#outcome(effect: Effect, isTaken = false): Outcome | 'hangs' {
		const {script} = this.#scriptOf(effect);
		const known = this.world.outcomes?.[script] ?? succeeds;
		if (!Array.isArray(known)) return known;
		const time = this.#times[script] ?? 0;
		if (isTaken) this.#times[script] = time + 1;
		return known[Math.min(time, known.length - 1)]!;
	}

	#scriptOf(effect: Effect) {
		const host = this.state.hosts[effect.host]!;
		const task = host.tasks['task' in effect ? effect.task : '']!;
		const block = blockFor(this.state, host, task.block)?.block;
		return {task, script: task.edited?.script ?? (block?.kind === 'command' ? block.script : '')};
	}
}

/** What a person answers who wants it all done. */
export function willing(asked: Question): Intent {
	switch (asked.kind) {
		case 'trust':
			return {type: 'trust'};
		case 'identity':
			return {type: 'confirm-identity'};
		case 'fact':
			return {type: 'give-fact', key: asked.key, value: 'x'};
		case 'input':
			return asked.input.secret
				? {type: 'give-secret', name: asked.name}
				: {type: 'give-input', name: asked.name, value: asked.input.default ?? asked.input.values?.[0] ?? 'x'};
		case 'confirm':
			if (asked.placeholders.length > 0) {
				const edited = {script: 'edited', reason: 'filled in'};
				return {type: 'run', block: asked.item.id, confirmed: 'name', edited};
			}
			return {type: 'run', block: asked.item.id, confirmed: asked.needs};
		case 'manual':
			return {type: 'confirm-manual', block: asked.item.id};
		case 'choice': {
			const section = asked.default ?? asked.options.find(option => option.applies)?.section;
			if (section === undefined) return {type: 'skip', block: asked.item.id, reason: 'none is for this host'};
			return {type: 'choose', block: asked.item.id, section};
		}
		case 'failure':
			return {type: 'skip', block: asked.item.id, reason: 'it does not matter'};
		case 'unknown':
			if (asked.task.report?.is === 'lost' && asked.task.report.alive) return {type: 'look', task: asked.task.task};
			return {type: 'settle', block: asked.item.id, end: 'done', reason: 'seen on the console'};
		case 'overdue':
		case 'reboot':
			return {type: 'wait', task: asked.task.task};
		case 'refused':
			return {type: 'skip', block: asked.item.id, reason: 'it is refused'};
		case 'earlier':
			return {type: 'earlier', tasks: asked.tasks.map(({task}) => task), what: 'leave'};
		case 'next':
			return {type: 'next'};
	}
}
