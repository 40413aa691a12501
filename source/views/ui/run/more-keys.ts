// Keys that move and those of overlays: for the help and the docs, beside the table of bindings.

export type KeyHelp = {keys: string; help: string};

export const movingKeys: KeyHelp[] = [
	{keys: 'up, down', help: 'move the cursor through the sections; what is under it is shown'},
	{keys: 'space, page down', help: 'scroll the text of the step; page up scrolls back'},
	{keys: 'esc', help: 'close what is open, come back to where the walk is; never more than that'},
	{keys: 'ctrl-l', help: 'draw the screen anew'},
	{keys: 'ctrl-z', help: 'suspend; fg comes back'},
	{keys: 'ctrl-c', help: 'close what is open, else ask whether to leave'},
];

export const overlayKeys = {
	dialog: [
		{keys: 'y', help: 'yes, from half a second after it was drawn'},
		{keys: 'enter', help: "where the host's name was typed"},
		{keys: 'space, up, down', help: 'scroll; all of it must have been on the screen'},
		{keys: 'esc', help: 'no'},
	],
	field: [
		{keys: 'enter', help: 'take what was written'},
		{keys: 'left, right, home, end', help: 'move the cursor'},
		{keys: 'ctrl-u, ctrl-w', help: 'erase all before the cursor, or a word'},
		{keys: 'esc', help: 'close it'},
	],
	login: [
		{keys: 'enter', help: 'give what was typed; no key counts in the first half second'},
		{keys: 'ctrl-u', help: 'erase all of it'},
		{keys: 'esc', help: 'no answer: the next way to log in is tried, or no connection is made'},
	],
	menu: [
		{keys: 'up, down', help: 'choose'},
		{keys: 'enter, 1-9', help: 'take it'},
		{keys: 'esc', help: 'close it'},
	],
	output: [
		{keys: 'space, page up, up, down', help: 'scroll; it stands still then, and follows again at the end'},
		{keys: 'G, home', help: 'to the end, to the beginning'},
		{keys: '/ n N', help: 'search, the next, the one before'},
		{keys: '&', help: 'only lines that have a text, with those around them; empty shows all'},
		{keys: 'left, right', help: 'the output of the command before, and after'},
		{keys: 'c', help: 'copy what is on the screen to the clipboard of your terminal (OSC 52)'},
		{keys: 's', help: 'say where every byte of it is saved'},
		{keys: 'q, esc', help: 'close it'},
	],
	interaction: [{keys: 'ctrl-]', help: 'leave; every other key goes to the command, ctrl-c and esc too'}],
	help: [
		{keys: 'space, up, down', help: 'scroll'},
		{keys: 'any other key', help: 'closes it'},
	],
} as const satisfies Record<string, KeyHelp[]>;
