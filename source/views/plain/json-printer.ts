import type {Change, Session} from '../../runtime/engine/session.ts';
import {MaskedOutput} from './masked-output.ts';
import type {Paper} from './paper.ts';

/** The journal's own lines, and output between them. */
export class JsonPrinter {
	readonly #paper: Paper;
	readonly #output: MaskedOutput;

	constructor(session: Session, paper: Paper) {
		this.#paper = paper;
		this.#output = new MaskedOutput(session);
	}

	take(change: Change): void {
		if (change.kind === 'output') {
			this.#text(change.host, change.task, this.#output.write(change.task, change.bytes));
		} else if (change.kind === 'events') {
			for (const event of change.events) {
				if (event.type === 'task.silent' && event.waits !== 'nothing') {
					this.#text(event.host!, event.task, this.#output.pause(event.task));
				}
				if (event.type === 'task.reported' && event.report.is !== 'running') {
					this.#text(event.host!, event.task, this.#output.end(event.task));
				}
				this.#paper.write(`${JSON.stringify(event)}\n`);
			}
		}
	}

	#text(host: string, task: string, text: string): void {
		if (text) this.#paper.write(`${JSON.stringify({type: 'output', host, task, text})}\n`);
	}
}
