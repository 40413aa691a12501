import {nearest} from '../core/text/nearest.ts';
import {type Io, UsageError} from './command.ts';
import {commandHelp, programHelp} from './help.ts';
import {parseFlags} from './parse-flags.ts';
import {reportError} from './report-error.ts';
import {wantsScreen} from './screen.ts';
import {commands} from './table.ts';
import {version} from './version.ts';

/** Runs one command line and resolves to the exit code; never rejects. */
export async function main(words: string[], io: Io, table = commands): Promise<number> {
	try {
		return await dispatch(words, io, table);
	} catch (error) {
		return reportError(error, io);
	}
}

async function dispatch(words: string[], io: Io, table: typeof commands): Promise<number> {
	if (words.length === 0 && wantsScreen(io)) {
		const {home} = await import('./home.ts');
		const chosen = await home(io);
		return chosen ? await dispatch(chosen, io, table) : 0;
	}
	const [name = 'help', ...rest] = words;
	if (name === '--version') return print(io, `${version()}\n`);
	const isHelp = name === 'help' || name === '--help' || name === '-h';
	if (isHelp && rest[0] === undefined) return print(io, programHelp(await all(table)));
	const asked = isHelp ? rest[0]! : name;
	if (!Object.hasOwn(table, asked)) throw unknownCommand(asked, table);
	const {command} = await table[asked]!();
	const parsed = isHelp ? undefined : parseFlags(command, rest);
	if (!parsed || parsed.help) return print(io, commandHelp(command));
	return command.run({arguments: parsed.arguments, flags: parsed.flags, io});
}

function print(io: Io, text: string): number {
	io.stdout.write(text);
	return 0;
}

const all = async (table: typeof commands) =>
	(await Promise.all(Object.values(table).map(load => load()))).map(({command}) => command);

function unknownCommand(name: string, table: typeof commands): UsageError {
	const near = nearest(name, Object.keys(table));
	const what = name.startsWith('-') ? `There is no flag ${name} before a command` : `There is no command "${name}"`;
	return new UsageError(what, near ? `Did you mean handrail ${near}?` : 'See handrail --help');
}
