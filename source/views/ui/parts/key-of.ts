import type {Key} from 'ink';

/** The name of a key, or the text that was typed; undefined for what has no meaning here. */
export function keyOf(input: string, key: Key): string | undefined {
	for (const [name, known] of Object.entries(names)) if (key[name as keyof Key]) return known;
	if (key.ctrl) return withControl[input];
	if (key.meta || input === '') return undefined;
	return input;
}

/** Over a slow link keys come together: the text among them, and the keys by name. */
export function keysIn(input: string): string[] {
	return input
		.split(/([\x00-\x1f\x7f])/)
		.flatMap(piece => (piece === '' ? [] : controls.test(piece) ? (byControl[piece] ?? []) : [piece]));
}

/** True for the name of a key that types nothing. */
export const isNamed = (key: string): boolean => named.has(key);

const names: Partial<Record<keyof Key, string>> = {
	return: 'return',
	escape: 'escape',
	backspace: 'backspace',
	delete: 'delete',
	upArrow: 'up',
	downArrow: 'down',
	leftArrow: 'left',
	rightArrow: 'right',
	pageUp: 'pageUp',
	pageDown: 'pageDown',
	home: 'home',
	end: 'end',
	tab: 'tab',
};

/** What shells and editors have taught hands to press in a line of text. */
const withControl: Record<string, string> = {
	a: 'home',
	b: 'pageUp',
	c: 'interrupt',
	d: 'pageDown',
	e: 'end',
	f: 'pageDown',
	l: 'redraw',
	u: 'erase',
	w: 'erase-word',
	z: 'suspend',
};

const controls = /^[\x00-\x1f\x7f]$/;
const byControl: Record<string, string> = {
	'\r': 'return',
	'\n': 'return',
	'\t': 'tab',
	'\x7f': 'backspace',
	'\b': 'backspace',
	'\x15': 'erase',
	'\x17': 'erase-word',
};

const named = new Set([...Object.values(names), ...Object.values(withControl).filter(name => name.length > 1)]);
