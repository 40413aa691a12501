// A run on fake hosts that a test drives by itself, question by question.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {NewEvent} from '../../source/core/run/events.ts';
import {type Question, question} from '../../source/core/run/question.ts';
import type {HostState} from '../../source/core/run/state.ts';
import type {Intent, Refusal} from '../../source/core/run/told.ts';
import type {Runbook} from '../../source/core/runbook/model.ts';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import type {Session} from '../../source/runtime/engine/session.ts';
import {DiskFailure} from '../../source/runtime/journal/disk-failure.ts';
import type {Journal} from '../../source/runtime/journal/journal.ts';
import {readJournal} from '../../source/runtime/journal/read-journal.ts';
import type {RunFolder} from '../../source/runtime/journal/run-folder.ts';
import {taskFolder} from '../../source/runtime/journal/task-folder.ts';
import type {FakeHost} from './fake-host.ts';
import {newFolder, openFakeRun} from './fake-run.ts';
import {willing} from './told-run.ts';

export type DriveOptions = {folder?: RunFolder; trusted?: boolean};

export class DrivenRun {
	declare readonly session: Session;
	declare readonly folder: RunFolder;
	/** While it is true the record cannot be written. */
	isDiskFull = false;

	static async open(markdown: string, hosts: FakeHost[], options: DriveOptions = {}): Promise<DrivenRun> {
		const {runbook, findings} = readMarkdown(markdown, 'test.md');
		assert.deepEqual(
			findings.filter(finding => finding.severity === 'error'),
			[],
		);
		const run = new DrivenRun();
		await run.#begin(runbook, hosts, options);
		return run;
	}

	async #begin(runbook: Runbook, hosts: FakeHost[], {folder, trusted = true}: DriveOptions): Promise<void> {
		const own = folder ?? (await newFolder());
		const wrapped = (journal: Journal) => this.#fallible(journal);
		const {session, begin} = await openFakeRun(own, runbook, hosts, {trusted, wrapped});
		Object.assign(this, {session, folder: own});
		await begin();
	}

	get host(): HostState {
		const hosts = this.session.state.order.map(name => this.session.state.hosts[name]!);
		return hosts.find(host => !host.ended) ?? hosts.at(-1)!;
	}

	get asked(): string {
		const asked = question(this.session.state);
		if (!asked) return this.session.state.ended ?? 'nothing';
		return [asked.kind, 'name' in asked ? asked.name : 'item' in asked && asked.item.id].filter(Boolean).join(' ');
	}

	/** Waits, with a limit. */
	async until(condition: () => boolean, what = String(condition)): Promise<void> {
		const limit = AbortSignal.timeout(20_000);
		await this.session.until(condition, limit).catch(() => {
			assert.fail(`${what} did not come; asked: ${this.asked}, stopped: ${this.session.stopped?.message}`);
		});
	}

	/** The same for what does not come with a change of the session. */
	async eventually(condition: () => boolean): Promise<void> {
		const limit = performance.now() + 10_000;
		while (!condition()) {
			assert.ok(performance.now() < limit, String(condition));
			await new Promise(resolve => setImmediate(resolve));
		}
	}

	untilAsked = (asked: string): Promise<void> => this.until(() => this.asked === asked, asked);

	/** Answers as a willing person does, until `stop` is asked or the run has ended. */
	async walk(stop = ''): Promise<void> {
		const isThere = () => this.asked === stop || this.session.state.ended !== undefined;
		for (;;) {
			await this.until(() => isThere() || question(this.session.state) !== undefined, `a question or ${stop}`);
			if (isThere()) return;
			await this.does(willing(question(this.session.state) as Question));
		}
	}

	tell = (intent: Intent): Promise<Refusal | undefined> => this.session.tell(intent);

	async does(...intents: Intent[]): Promise<void> {
		for (const intent of intents) assert.equal(await this.tell(intent), undefined, JSON.stringify(intent));
	}

	async events<T extends NewEvent['type']>(type: T): Promise<Extract<NewEvent, {type: T}>[]> {
		const {events} = await readJournal(this.folder.journal);
		return events.filter(event => event.type === type) as unknown as Extract<NewEvent, {type: T}>[];
	}

	output = (task: string): string => readFileSync(taskFolder(this.folder, task).output, 'utf8');
	command = (task: string): string => readFileSync(taskFolder(this.folder, task).command, 'utf8');

	close = (): Promise<void> => this.session.close();

	#fallible(journal: Journal): Journal {
		const isFull = () => this.isDiskFull;
		return {
			get head() {
				return journal.head;
			},
			events: journal.events,
			async append(events: NewEvent[]) {
				if (isFull()) throw new DiskFailure('The journal cannot be written', 'journal', {code: 'ENOSPC'});
				return await journal.append(events);
			},
			close: () => journal.close(),
		} as unknown as Journal;
	}
}
