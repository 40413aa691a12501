/** A key as people know it. */
export const nameOfKey = (key: string): string => names[key] ?? key;

const names: Record<string, string> = {
	return: 'enter',
	escape: 'esc',
	pageUp: 'page up',
	pageDown: 'page down',
	' ': 'space',
};
