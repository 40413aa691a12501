import {nameOfKey} from './key-names.ts';
import {bindings} from './keys.ts';
import {type KeyHelp, movingKeys, overlayKeys} from './more-keys.ts';

/** The page of the keys for the documentation, from the tables that the screen itself uses. */
export function keysPage(): string {
	const own = bindings.map(({key, help}): KeyHelp => ({keys: nameOfKey(key), help}));
	return `${[
		'# The keys of the screen',
		'',
		'The last line of the screen shows the keys that do something now; `?` shows all of them, and why some do nothing',
		'now. Enter starts only what reads; what changes asks for `y`, and what disrupts for the name of the host. A',
		'dialog takes no key for half a second, and pasted text is never a key.',
		'',
		'## In a run',
		'',
		...table(own),
		'',
		...Object.entries({'Moving about': movingKeys, ...titled}).flatMap(([title, keys]) => [
			`## ${title}`,
			'',
			...table(keys),
			'',
		]),
	]
		.join('\n')
		.trimEnd()}\n`;
}

const titled: Record<string, readonly KeyHelp[]> = {
	'In a dialog': overlayKeys.dialog,
	'In a line of text': overlayKeys.field,
	'Where a login asks for a secret': overlayKeys.login,
	'In a menu': overlayKeys.menu,
	'In the output': overlayKeys.output,
	'In a command that is answered by hand': overlayKeys.interaction,
	'In the help': overlayKeys.help,
};

const table = (keys: readonly KeyHelp[]): string[] => [
	'| key | what it does |',
	'|---|---|',
	...keys.map(
		({keys: name, help}) =>
			`| ${name
				.split(', ')
				.map(each => `\`${each}\``)
				.join(', ')} | ${help} |`,
	),
];
