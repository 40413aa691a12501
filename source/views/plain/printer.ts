// Prints a run as it goes on: lines for people, or the journal's own lines.
import type {Writable} from 'node:stream';
import type {Event} from '../../core/run/events.ts';
import {blockFor} from '../../core/run/walk.ts';
import {visible} from '../../core/text/filter.ts';
import {Masker} from '../../core/text/mask.ts';
import {PlainTextStream} from '../../core/text/plain-text.ts';
import type {Change, Session} from '../../runtime/engine/session.ts';
import {eventLine, titleOf} from './event-line.ts';

/** Begins to print what happens in a session; the answer ends it. */
export function printSession(session: Session, stdout: Writable, isJson: boolean): () => void {
	const printer = isJson ? new JsonPrinter(session, stdout) : new LinePrinter(session, stdout);
	return session.subscribe(change => printer.take(change));
}

/** Output of tasks as text in which no secret of the session is left, in whole pieces. */
class MaskedOutput {
	readonly #session: Session;
	readonly #streams = new Map<string, {text: PlainTextStream; masker: Masker}>();

	constructor(session: Session) {
		this.#session = session;
	}

	write(task: string, bytes: Uint8Array): string {
		const known = this.#streams.get(task);
		const stream = known ?? {text: new PlainTextStream(), masker: new Masker(this.#session.secrets.all())};
		this.#streams.set(task, stream);
		return stream.masker.write(stream.text.write(bytes));
	}

	end(task: string): string {
		const stream = this.#streams.get(task);
		this.#streams.delete(task);
		return stream ? stream.masker.write(stream.text.end()) + stream.masker.end() : '';
	}
}

class LinePrinter {
	readonly #session: Session;
	readonly #stdout: Writable;
	readonly #output: MaskedOutput;
	#rest = '';
	/** Hosts whose first section was said: the walk only tells of the next ones. */
	readonly #begun = new Set<string>();

	constructor(session: Session, stdout: Writable) {
		this.#session = session;
		this.#stdout = stdout;
		this.#output = new MaskedOutput(session);
	}

	take(change: Change): void {
		if (change.kind === 'output') this.#lines(this.#output.write(change.task, change.bytes));
		if (change.kind === 'events') for (const event of change.events) this.#event(event);
	}

	#event(event: Event): void {
		if (event.type === 'task.reported' && event.report.is !== 'running') {
			this.#lines(this.#output.end(event.task));
			if (this.#rest) this.#lines('\n');
		}
		const line = eventLine(event, this.#session.state.runbook);
		if (line !== undefined) this.#stdout.write(`${line}\n`);
		if (event.type === 'task.planned') this.#command(event);
		if (event.type === 'host.met' && !this.#begun.has(event.host!)) this.#section(event.host!);
	}

	#section(name: string): void {
		this.#begun.add(name);
		const {state} = this.#session;
		this.#stdout.write(`          == ${titleOf(state.runbook, state.hosts[name]!.at)}\n`);
	}

	/** Every command is shown exactly as it runs. */
	#command(event: Extract<Event, {type: 'task.planned'}>): void {
		const {state} = this.#session;
		const block = blockFor(state, state.hosts[event.host!]!, event.block)?.block;
		const script = event.edited?.script ?? (block?.kind === 'command' ? block.script : '');
		for (const line of visible(script).split('\n')) this.#stdout.write(`          $ ${line}\n`);
	}

	#lines(text: string): void {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop()!;
		for (const line of lines) this.#stdout.write(`          | ${visible(line)}\n`);
	}
}

class JsonPrinter {
	readonly #stdout: Writable;
	readonly #output: MaskedOutput;

	constructor(session: Session, stdout: Writable) {
		this.#stdout = stdout;
		this.#output = new MaskedOutput(session);
	}

	take(change: Change): void {
		if (change.kind === 'output') {
			this.#text(change.host, change.task, this.#output.write(change.task, change.bytes));
		} else if (change.kind === 'events') {
			for (const event of change.events) {
				if (event.type === 'task.reported' && event.report.is !== 'running') {
					this.#text(event.host!, event.task, this.#output.end(event.task));
				}
				this.#stdout.write(`${JSON.stringify(event)}\n`);
			}
		}
	}

	#text(host: string, task: string, text: string): void {
		if (text) this.#stdout.write(`${JSON.stringify({type: 'output', host, task, text})}\n`);
	}
}
