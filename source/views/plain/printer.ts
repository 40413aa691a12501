import type {Session} from '../../runtime/engine/session.ts';
import {JsonPrinter} from './json-printer.ts';
import {LinePrinter} from './line-printer.ts';
import type {Paper} from './paper.ts';
import type {Reading} from './reading.ts';

/** Begins to print what happens in a session; the answer ends it. `reading` where a person reads along. */
export function printSession(session: Session, paper: Paper, isJson: boolean, reading?: Reading): () => void {
	const printer = isJson ? new JsonPrinter(session, paper) : new LinePrinter(session, paper, reading);
	return session.subscribe(change => printer.take(change));
}
