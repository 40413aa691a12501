import {Masker} from '../../core/text/mask.ts';
import {PlainTextStream} from '../../core/text/plain-text.ts';
import type {Session} from '../../runtime/engine/session.ts';

/** Output of tasks as plain text in which no secret of the session is left, in whole lines. */
export class MaskedOutput {
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
