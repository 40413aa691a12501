import {parseDuration} from '../duration.ts';
import type {Risk} from '../model.ts';
import {parseRequire} from '../require.ts';
import {parseWhen, variablePattern} from '../when.ts';

/** How the text of a value is read; undefined where it is wrong, and `expects` says what it should be. */
export type Kind<Value> = {expects: string; read(value: string | true): Value | undefined};
export type Table = Record<string, Kind<unknown>>;
/** What `readAttributes` makes of a table. */
export type Values<T extends Table> = {[Key in keyof T]?: T[Key] extends Kind<infer Value> ? Value : never};

const text = <Value>(expects: string, read: (value: string) => Value | undefined): Kind<Value> => ({
	expects,
	read: value => (value === true ? undefined : read(value)),
});
const oneOf = <Value extends string>(...values: Value[]): Kind<Value> =>
	text(values.join(' or '), value => values.find(known => known === value));

const booleans: Record<string, boolean> = {true: true, yes: true, false: false, no: false};
const flag: Kind<boolean> = {
	expects: 'no value, true or false',
	read: value => (value === true ? true : booleans[value.toLowerCase()]),
};
const anyText = text('a text', value => (value.trim() === '' ? undefined : value));
const duration = text('a time of at most 24 days, like 90s, 10m or 1h30m', parseDuration);
const codes = text('exit codes from 0 to 255, like 0,100', value => {
	const numbers = value.split(',').map(Number);
	return /^\d+(,\d+)*$/.test(value) && numbers.every(code => code <= 255) ? [...new Set(numbers)] : undefined;
});
const count = text('a number from 0 to 100', value => (/^(\d\d?|100)$/.test(value) ? Number(value) : undefined));
const number = text('a number', value => (/^-?\d{1,15}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined));
const words = text('one or more options, like downgrade,snapshot', value => {
	const list = value.split(',').map(word => word.trim());
	return list.every(word => word !== '') ? list : undefined;
});
const name = text('a name (no slash, comma or line break, and not only digits)', value =>
	/^(?!\d+$)[^\s/,\p{Cc}]+(?: [^\s/,\p{Cc}]+){0,20}$/u.test(value) && value.length <= 100 ? value : undefined,
);
/** Variables that steer a shell or loader: values never reach them. */
export const isSteering = (variable: string): boolean =>
	/^(PATH|HOME|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|CDPATH|GLOBIGNORE|LD_.*|DYLD_.*|HANDRAIL_.*)$/.test(variable);
const variable = text('a name in capitals, like TX, that steers no shell', value =>
	variablePattern.test(value) && !isSteering(value) ? value : undefined,
);
const when = text('terms like "pm=apt,dnf os!=ubuntu"', parseWhen);
const require = text('terms like "window rollback /boot<90 units=unchanged"', parseRequire);
const undo: Kind<true | 'at-end'> = {
	expects: 'no value, or at-end',
	read: value => (value === true || value === 'at-end' ? value : value === 'true' ? true : undefined),
};
const risk = oneOf<Risk>('reads', 'changes', 'disrupts');

export const commandAttributes = {
	run: flag,
	check: flag,
	plan: flag,
	ready: flag,
	available: flag,
	example: flag,
	gauge: text('a name without blanks', value => (/^[^\s<>=,]+$/.test(value) ? value : undefined)),
	undo,
	risk,
	when,
	name,
	timeout: duration,
	idle: duration,
	takes: duration,
	loses: anyText,
	expect: codes,
	warn: codes,
	match: anyText,
	'fail-match': anyText,
	capture: variable,
	retries: count,
	sudo: flag,
	tty: flag,
	durable: flag,
	reboots: flag,
	sensitive: flag,
	once: flag,
	errexit: flag,
	on: oneOf('host', 'control'),
	cwd: anyText,
	interpreter: anyText,
	rollback: words,
	closes: words,
	unit: anyText,
	high: number,
	critical: number,
} satisfies Table;

export const sectionAttributes = {
	role: oneOf('rollback', 'troubleshooting', 'none'),
	when,
	require,
	takes: duration,
	loses: anyText,
} satisfies Table;

export const manualAttributes = {name, when, once: flag} satisfies Table;
export const symptomAttributes = {symptom: flag, when} satisfies Table;
export const documentAttributes = {require} satisfies Table;

/** Attributes of Runme that mean one of ours. */
export const synonyms: Record<string, string> = {interactive: 'tty', ignore: 'example'};

/** Attributes of Runme that change nothing here. */
export const harmless = new Set([
	...['id', 'background', 'category', 'closeTerminalOnSuccess', 'openTerminalOnSuccess', 'excludeFromRunAll'],
	...[
		'mimeType',
		'promptEnv',
		'skipPrompts',
		'tag',
		'tags',
		'terminalRows',
		'transform',
		'output',
		'language',
		'region',
	],
]);
