import {parseArgs} from 'node:util';
import {nearest} from '../core/text/nearest.ts';
import {type Command, type Flag, UsageError} from './command.ts';
import {helpFlag} from './help.ts';

export type Parsed = {
	help: boolean;
	arguments: string[];
	flags: Record<string, string | boolean | string[] | undefined>;
};

/** Reads what follows the command's name. Throws `UsageError` for whatever the command does not know. */
export function parseFlags(command: Command, words: string[]): Parsed {
	const known: Record<string, Flag> = {...command.flags, help: helpFlag};
	const {tokens} = parseArgs({
		args: words,
		options: optionsOf(known),
		allowPositionals: true,
		strict: false,
		tokens: true,
	});
	const flags: Parsed['flags'] = Object.fromEntries(
		Object.entries(command.flags).map(([name, flag]) => [name, empty(flag)]),
	);
	const given: string[] = [];
	for (const token of tokens) {
		if (token.kind === 'positional') given.push(token.value);
		if (token.kind !== 'option') continue;
		const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
		if (!flag) throw unknown(command, token.rawName, known);
		const before = flags[token.name];
		if (token.name !== 'help' && !flag.multiple && before !== empty(flag))
			throw wrong(command, `${token.rawName} is given twice`);
		const value = flagValue(command, flag, token.rawName, token.value, token.inlineValue ?? false);
		flags[token.name] = Array.isArray(before) ? [...before, String(value)] : value;
	}
	const isHelp = flags['help'] === true;
	delete flags['help'];
	if (!isHelp) checkCount(command, given);
	return {help: isHelp, arguments: given, flags};
}

const empty = (flag: Flag) => (flag.multiple ? [] : flag.type === 'boolean' ? false : undefined);

function optionsOf(known: Record<string, Flag>) {
	return Object.fromEntries(
		Object.entries(known).map(([name, {type, short}]) => [name, short ? {type, short} : {type}]),
	);
}

function flagValue(command: Command, flag: Flag, name: string, value: string | undefined, isInline: boolean) {
	if (flag.type === 'boolean') {
		if (isInline) throw wrong(command, `${name} takes no value`);
		return true;
	}
	if (value === undefined) throw wrong(command, `${name} needs a value: ${name} ${flag.value ?? 'VALUE'}`);
	// `--reason --yes` is a forgotten value far more often than a reason that begins with dashes.
	if (!isInline && value.length > 1 && value.startsWith('-'))
		throw wrong(
			command,
			`${name} needs a value, and "${value}" looks like a flag`,
			`If it is the value, write ${name}=${value}`,
		);
	if (flag.choices && !flag.choices.includes(value)) {
		const near = nearest(value, flag.choices);
		throw wrong(
			command,
			`${name} is one of ${flag.choices.join(', ')}, not "${value}"`,
			near && `Did you mean ${name} ${near}?`,
		);
	}
	return value;
}

function unknown(command: Command, raw: string, known: Record<string, Flag>): UsageError {
	const near = raw.startsWith('--') ? nearest(raw.slice(2), Object.keys(known)) : undefined;
	return wrong(command, `${command.name} has no flag ${raw}`, near && `Did you mean --${near}?`);
}

function checkCount(command: Command, given: string[]) {
	const {minimum, maximum} = command.arguments;
	if (given.length < minimum) throw wrong(command, `Something is missing: handrail ${firstLine(command.usage)}`);
	if (given.length > maximum)
		throw wrong(command, `Too much: "${given[maximum]}" has no place in handrail ${firstLine(command.usage)}`);
}

const firstLine = (text: string) => text.split('\n', 1)[0]!;

const wrong = (command: Command, message: string, hint?: string) =>
	new UsageError(message, hint || `See handrail ${command.name} --help`);
