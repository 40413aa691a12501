import type {Reading} from '../../core/gauges/gauge.ts';
import type {Because, BlockEnd, End, Person} from '../../core/run/events.ts';
import type {Cause} from '../../core/run/host.ts';
import type {BlockStatus} from '../../core/run/state.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {glyphs} from '../../core/text/glyphs.ts';
import {causeWords, endWords} from '../../core/text/words.ts';
import {code} from './markdown-text.ts';

/** `2026-11-22 19:21:05`, UTC; what is no such time is shown as it is. */
export const time = (at: string): string =>
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(at) ? at.slice(0, 19).replace('T', ' ') : code(at);

/** The time of day alone, in tables and lists under a date. */
export const clock = (at: string | null): string => (at === null ? '' : time(at).replace(/^\d{4}-\d\d-\d\d /, ''));

export const duration = (milliseconds: number | null): string =>
	milliseconds === null ? '' : formatDuration(milliseconds);

/** Login, the one behind sudo, and where from. */
export function person(by: Person | null): string {
	if (!by) return 'unknown';
	const {login, uid, sudo, from} = by;
	return [
		`${code(login)} (uid ${uid})`,
		sudo !== undefined && `behind sudo ${code(sudo)}`,
		from !== undefined && `from ${code(from)}`,
	]
		.filter(Boolean)
		.join(', ');
}

/** The human being: the one behind sudo, where there is one. */
export const shortPerson = (by: Person | null): string => (by ? code(by.sudo ?? by.login) : '');

/** Words for codes; one that a newer version wrote is shown as it is. */
export const endWord = (end: End): string => worded(endWords, end);
export const statusWord = (status: BlockStatus | BlockEnd): string =>
	Object.hasOwn(glyphs, status) ? glyphs[status].word : code(status);
export const causeWord = (cause: Cause): string => worded(causeWords, cause);
export const becauseWord = (because: Because): string => worded(becauseWords, because);

const becauseWords: Record<Because, string> = {
	when: 'not for this host',
	choice: 'another option was chosen',
	jump: 'jumped over',
	once: 'done on an earlier host',
	check: 'as its check says',
	person: 'as the operator says',
	undo: 'by its undo',
};

const worded = <K extends string>(words: Record<K, string>, key: K): string =>
	Object.hasOwn(words, key) ? words[key] : code(key);

/** `43 %`, with the state where it is not ok. */
export function reading(read: Reading | null): string {
	if (!read) return '-';
	const state = raised.includes(read.state) ? ` ${read.state.toUpperCase()}` : '';
	return read.value === undefined ? 'unknown' : code(`${read.value} ${read.unit}`.trim()) + state;
}

const raised = ['high', 'critical'];
