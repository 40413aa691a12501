// One key on the first page. Pure.
import {visibleLine} from '../../../core/text/filter.ts';
import {isNamed} from '../parts/key-of.ts';
import {editLine, insert, lineOf, type TextLine} from '../parts/text-line.ts';
import {entriesOf, type Home, hostChoices} from './home.ts';

export type HomeUi = {
	index: number;
	/** A runbook was chosen, and the host is asked for: a name is typed, or a line of those that fit it is taken. */
	asking: {runbook: string; index: number; name: TextLine; since: number} | undefined;
	message: string | undefined;
};

/** `words` are what the program goes on with, as if they had been given to it; `leave` ends it. */
export type HomePressed = {ui: HomeUi; words?: string[]; leave?: true};

export const initialHome: HomeUi = {index: 0, asking: undefined, message: undefined};

/** Milliseconds for which what was just drawn takes no choice. */
const deaf = 500;

export function pressHome(home: Home, given: HomeUi, key: string, now: number): HomePressed {
	const ui = {...given, message: undefined};
	if (ui.asking) return pressHost(home, ui, ui.asking, key, now);
	const entries = entriesOf(home);
	const at = (index: number): HomePressed => ({ui: {...ui, index: clamp(index, entries.length)}});
	switch (key) {
		case 'up':
		case 'k':
			return at(ui.index - 1);
		case 'down':
		case 'j':
			return at(ui.index + 1);
		case 'pageUp':
			return at(ui.index - 10);
		case 'pageDown':
		case ' ':
			return at(ui.index + 10);
		case 'home':
			return at(0);
		case 'end':
			return at(entries.length - 1);
		case 'q':
		case 'interrupt':
			return {ui, leave: true};
		case 'return': {
			const entry = entries[clamp(ui.index, entries.length)];
			if (!entry) return {ui: {...ui, message: 'there is nothing to choose yet'}};
			if (entry.isDisabled !== undefined) return {ui: {...ui, message: entry.isDisabled}};
			if (entry.next.do === 'go') return {ui, words: entry.next.words};
			return {ui: {...ui, asking: askHost(entry.next.runbook, now)}};
		}
		default:
			return key === 'escape' ? {ui} : {ui: {...ui, message: 'up and down choose, enter opens, q leaves'}};
	}
}

type Asking = NonNullable<HomeUi['asking']>;

/** The question where, as it begins. */
export const askHost = (runbook: string, since: number): Asking => ({runbook, index: 0, name: lineOf(''), since});

function pressHost(home: Home, ui: HomeUi, asking: Asking, key: string, now: number): HomePressed {
	const choices = hostChoices(home, asking.name.value.trim());
	const index = clamp(asking.index, choices.length);
	const at = (next: number): HomePressed => ({ui: {...ui, asking: {...asking, index: clamp(next, choices.length)}}});
	switch (key) {
		case 'up':
			return at(index - 1);
		case 'down':
			return at(index + 1);
		case 'pageUp':
			return at(index - 10);
		case 'pageDown':
			return at(index + 10);
		case 'interrupt':
			return {ui: {...ui, asking: undefined}};
		case 'escape':
			return {ui: {...ui, asking: asking.name.value === '' ? undefined : {...asking, index: 0, name: lineOf('')}}};
		case 'return': {
			if (now - asking.since < deaf) return {ui};
			const {host} = choices[index]!;
			// What begins with a dash would be read as a flag.
			if (host.startsWith('-')) return {ui: {...ui, message: 'that is not the name of a host'}};
			return {ui, words: ['run', asking.runbook, '-H', host]};
		}
		default: {
			const line = editLine(asking.name, key) ?? (isNamed(key) ? undefined : insert(asking.name, visibleLine(key)));
			if (!line) return {ui};
			const isSame = line.value === asking.name.value;
			return {ui: {...ui, asking: {...asking, name: line, index: isSame ? index : 0}}};
		}
	}
}

const clamp = (index: number, length: number): number => Math.max(0, Math.min(index, length - 1));
