import {PlainTextStream} from '../../core/text/plain-text.ts';
import {SecretFilter} from '../../core/text/secret-filter.ts';
import type {Session} from '../../runtime/engine/session.ts';

/** Output of tasks as plain text in which no secret of the session is left, in whole lines. */
export class MaskedOutput {
	readonly #session: Session;
	readonly #streams = new Map<string, {text: PlainTextStream; filter: SecretFilter}>();

	constructor(session: Session) {
		this.#session = session;
	}

	write(task: string, bytes: Uint8Array): string {
		const known = this.#streams.get(task);
		const stream = known ?? {text: new PlainTextStream(), filter: new SecretFilter(() => this.#session.secrets.all())};
		this.#streams.set(task, stream);
		return stream.filter.write(stream.text.write(bytes));
	}

	/** What stands on a line that has no end yet; what may be the beginning of a secret is still held back. */
	pause(task: string): string {
		const stream = this.#streams.get(task);
		if (!stream) return '';
		const text = stream.filter.write(stream.text.end());
		this.#streams.set(task, {...stream, text: new PlainTextStream()});
		return text;
	}

	end(task: string): string {
		const stream = this.#streams.get(task);
		this.#streams.delete(task);
		return stream ? stream.filter.write(stream.text.end()) + stream.filter.end() : '';
	}
}
