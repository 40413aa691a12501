// One key on the first page. Pure.
import {visibleLine} from '../../../core/text/filter.ts';
import {isNamed} from '../parts/key-of.ts';
import {editLine, insert, type TextLine} from '../parts/text-line.ts';
import {entriesOf, type Home, hostChoices} from './home.ts';

export type HomeUi = {
	index: number;
	/** A runbook was chosen, and the host is asked for: by a line of the list, or as a name. */
	asking: {runbook: string; index: number; name: TextLine | undefined; since: number} | undefined;
	message: string | undefined;
};

/** `words` are what the program goes on with, as if they had been given to it; `leave` ends it. */
export type HomePressed = {ui: HomeUi; words?: string[]; leave?: true};

export const initialHome: HomeUi = {index: 0, asking: undefined, message: undefined};

/** Milliseconds for which what was just drawn takes no choice. */
const deaf = 500;

export function pressHome(home: Home, given: HomeUi, key: string, now: number): HomePressed {
	const ui = {...given, message: undefined};
	if (ui.asking?.name) return pressName(ui, ui.asking, ui.asking.name, key);
	if (ui.asking) return pressHost(ui, ui.asking, key, now);
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
			return {ui: {...ui, asking: {runbook: entry.next.runbook, index: 0, name: undefined, since: now}}};
		}
		default:
			return key === 'escape' ? {ui} : {ui: {...ui, message: 'up and down choose, enter opens, q leaves'}};
	}
}

type Asking = NonNullable<HomeUi['asking']>;

function pressHost(ui: HomeUi, asking: Asking, key: string, now: number): HomePressed {
	const at = (index: number): HomePressed => ({
		ui: {...ui, asking: {...asking, index: clamp(index, hostChoices.length)}},
	});
	if (key === 'up' || key === 'k') return at(asking.index - 1);
	if (key === 'down' || key === 'j') return at(asking.index + 1);
	if (key === 'escape' || key === 'q' || key === 'interrupt') return {ui: {...ui, asking: undefined}};
	if (key !== 'return') return {ui};
	if (now - asking.since < deaf) return {ui};
	const {host} = hostChoices[asking.index]!;
	if (host === undefined) return {ui: {...ui, asking: {...asking, name: {value: '', at: 0}}}};
	return {ui, words: ['run', asking.runbook, '-H', host]};
}

function pressName(ui: HomeUi, asking: Asking, name: TextLine, key: string): HomePressed {
	if (key === 'escape' || key === 'interrupt') return {ui: {...ui, asking: {...asking, name: undefined}}};
	if (key === 'return') {
		const host = name.value.trim();
		// What begins with a dash would be read as a flag.
		if (host === '' || host.startsWith('-')) return {ui: {...ui, message: 'that is not the name of a host'}};
		return {ui, words: ['run', asking.runbook, '-H', host]};
	}
	const line = editLine(name, key) ?? (isNamed(key) ? undefined : insert(name, visibleLine(key)));
	return {ui: line ? {...ui, asking: {...asking, name: line}} : ui};
}

const clamp = (index: number, length: number): number => Math.max(0, Math.min(index, length - 1));
