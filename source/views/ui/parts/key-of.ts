import type {Key} from 'ink';

/** The name of a key, or the text that was typed; undefined for what has no meaning here. */
export function keyOf(input: string, key: Key): string | undefined {
	for (const [name, known] of Object.entries(names)) if (key[name as keyof Key]) return known;
	if (key.ctrl || key.meta || input === '') return undefined;
	return input;
}

const names: Partial<Record<keyof Key, string>> = {
	return: 'return',
	escape: 'escape',
	backspace: 'backspace',
	// Many terminals send DEL for the backspace key.
	delete: 'backspace',
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
