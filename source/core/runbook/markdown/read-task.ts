import type {Token} from 'markdown-it';
import type {ParsedAttributes} from '../attributes/attributes.ts';
import type {DraftManual} from '../draft/draft.ts';
import type {Place} from '../model.ts';
import {handrailCommentIn} from './handrail-comment.ts';
import {InlinePlaces} from './inline-places.ts';

/** A task, what could not be read of its comment, and where a comment stands that is not at its end. */
export type ReadTask = {task: DraftManual; problem: ParsedAttributes['problem']; unread: Place | undefined};

/** Reads the paragraph of a task item; `text` is what follows its box. */
export function readTask(text: string, inline: Token, lines: string[]): ReadTask {
	const start = inline.content.length - text.length;
	const places = new InlinePlaces(inline.content, inline.map![0], lines);
	const place = places.at(0);
	const comment = handrailCommentIn(text, offset => places.at(start + offset));
	const isLast = comment !== undefined && text.slice(comment.end).trim() === '';
	const words = isLast ? text.slice(0, comment.start) : text;
	const attributes = isLast ? comment.attributes : [];
	return {
		task: {kind: 'manual', text: onOneLine(words), attributes, place},
		problem: isLast ? comment.problem : undefined,
		unread: comment && !isLast ? place : undefined,
	};
}

/** The lines of a text joined by blanks. */
export const onOneLine = (text: string): string =>
	text
		.split('\n')
		.map(line => line.trim())
		.join(' ')
		.trim();
