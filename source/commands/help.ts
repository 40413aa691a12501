import type {Command, Flag} from './command.ts';

/** The help of the whole program. */
export function programHelp(commands: Command[]): string {
	const width = Math.max(0, ...commands.map(command => command.name.length));
	return `${[
		'handrail: walks a runbook on a real server',
		'',
		'Usage: handrail COMMAND ...',
		'',
		...commands.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`),
		'',
		'handrail COMMAND --help says more about a command, handrail --version which version this is.',
		'Exit codes: 0 done, 1 a failure, 2 wrong usage or an invalid runbook, 3 open, 4 no connection, 5 refused by a guard.',
	].join('\n')}\n`;
}

/** The help of one command. */
export function commandHelp(command: Command): string {
	const flags = Object.entries({...command.flags, help: helpFlag}).map(([name, flag]) => [
		spelling(name, flag),
		meaning(flag),
	]);
	const width = Math.max(...flags.map(([left]) => left!.length));
	return `${[
		command.summary,
		'',
		...command.usage.split('\n').map(usageLine),
		'',
		...flags.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`),
	].join('\n')}\n`;
}

/** A line that begins with blanks goes on with the one before. */
const usageLine = (line: string, index: number) =>
	line.startsWith(' ') ? `       ${line}` : `${index === 0 ? 'Usage: ' : '       '}handrail ${line}`;

/** Every command's. */
export const helpFlag: Flag = {type: 'boolean', short: 'h', help: 'this help'};

const spelling = (name: string, {type, short, value, choices}: Flag) =>
	`${short ? `-${short}, ` : '    '}--${name}${type === 'string' ? ` ${value ?? choices?.join('|') ?? 'VALUE'}` : ''}`;

const meaning = ({help, multiple}: Flag) => (multiple ? `${help} (may be repeated)` : help);
