import type {Event} from '../../core/run/events.ts';
import {blockFor} from '../../core/run/walk.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import type {Change, Session} from '../../runtime/engine/session.ts';
import {eventLine, titleOf, wayWords} from './event-line.ts';
import {noticeLines} from './login-lines.ts';
import {MaskedOutput} from './masked-output.ts';
import type {Paper} from './paper.ts';
import type {Reading} from './reading.ts';
import {wrap} from './wrap.ts';

/** A run as lines for people: what happened, the commands, their output; where somebody reads along, the prose, too. */
export class LinePrinter {
	readonly #session: Session;
	readonly #paper: Paper;
	readonly #reading: Reading | undefined;
	readonly #output: MaskedOutput;
	#rest = '';
	/** Hosts whose first section was said: the walk only tells of the next ones. */
	readonly #begun = new Set<string>();

	constructor(session: Session, paper: Paper, reading: Reading | undefined) {
		this.#session = session;
		this.#paper = paper;
		this.#reading = reading;
		this.#output = new MaskedOutput(session);
	}

	take(change: Change): void {
		if (change.kind === 'output') this.#lines(this.#output.write(change.task, change.bytes));
		if (change.kind === 'silence')
			this.#print(`          (${change.task} silent for ${formatDuration(change.milliseconds)})`);
		if (change.kind === 'notice') {
			const {notice} = change;
			const lines = noticeLines(notice, notice.leave && 'ctrl-c leaves');
			this.#print(lines.map(line => `          ${line}`).join('\n'));
		}
		if (change.kind === 'remark') this.#print(`          ! ${visibleLine(change.text)}`);
		if (change.kind === 'events') for (const event of change.events) this.#event(event);
	}

	#event(event: Event): void {
		const {state} = this.#session;
		if (event.type === 'task.reported' && event.report.is !== 'running') {
			this.#unfinished(this.#output.end(event.task));
		}
		if (event.type === 'task.silent' && event.waits !== 'nothing') this.#unfinished(this.#output.pause(event.task));
		const host = event.host === null ? undefined : state.hosts[event.host];
		const prose = this.#reading?.prose;
		if (prose && host && event.type === 'task.planned') prose.before(state, host, event.block);
		if (prose && host && event.type === 'host.ending') prose.end(state, host);
		if (prose && host && event.type === 'walked') {
			const words = wayWords(event, state.runbook);
			return prose.comeTo(state, host, event.to, words, event.how === 'next');
		}
		const line = eventLine(event, state.runbook);
		const how = event.type === 'task.silent' && this.#reading ? ' (ctrl-c, then i, answers it)' : '';
		if (line !== undefined) this.#print(line + how);
		if (event.type === 'task.planned') {
			this.#reading?.outputs.add(event.task);
			this.#command(event);
		}
		if (event.type === 'host.met' && !this.#begun.has(event.host!)) this.#section(event.host!);
	}

	#section(name: string): void {
		this.#begun.add(name);
		const {state} = this.#session;
		const host = state.hosts[name]!;
		const heading = `== ${titleOf(state.runbook, host.at)}`;
		const isAtBeginning = Object.keys(host.blocks).length === 0;
		if (this.#reading) this.#reading.prose.comeTo(state, host, host.at, heading, isAtBeginning);
		else this.#print(`          ${heading}`);
	}

	/** Every command is shown exactly as it runs; once, where it was just asked about. */
	#command(event: Extract<Event, {type: 'task.planned'}>): void {
		if (!event.edited && this.#reading?.commands.delete(event.block)) return;
		const {state} = this.#session;
		const block = blockFor(state, state.hosts[event.host!]!, event.block)?.block;
		const script = event.edited?.script ?? (block?.kind === 'command' ? block.script : '');
		for (const line of visible(script).split('\n')) this.#paper.write(`          $ ${line}\n`);
	}

	/** What it asks stands on a line that has no end. */
	#unfinished(text: string): void {
		this.#lines(text);
		if (this.#rest) this.#lines('\n');
	}

	#print(text: string): void {
		const lines = text.split('\n').flatMap(line => wrap(line, this.#paper.columns, '          '));
		this.#paper.write(`${lines.join('\n')}\n`);
	}

	#lines(text: string): void {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop()!;
		// Who prints without end and without a line feed fills no memory.
		if (this.#rest.length >= longestRest) {
			lines.push(this.#rest);
			this.#rest = '';
		}
		if (lines.length > 0) this.#paper.write(lines.map(line => `          | ${visible(line)}\n`).join(''));
	}
}

/** Characters of an unfinished line that are waited with. */
const longestRest = 64 * 1024;
