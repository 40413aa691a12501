import {nearest} from '../core/text/nearest.ts';
import {scenarios} from '../runtime/practice/scenarios.ts';
import {type Command, defineCommand, UsageError} from './command.ts';
import {printJson} from './print.ts';
import {command as run} from './run.ts';

/** What is walked where no scenario is named: something goes wrong, and can be repaired or rolled back. */
const usual = 'kept-file';

export const command: Command = defineCommand({
	name: 'train',
	summary: 'Walks a patch night on the practice server, where nothing can break',
	usage: 'train [SCENARIO] [--list] [--speed N]',
	flags: {
		list: {type: 'boolean', help: 'list the scenarios'},
		speed: {type: 'string', value: 'N', help: 'how much faster than a real server; 0 waits for nothing'},
		json: {type: 'boolean', help: 'print the list as JSON'},
	},
	arguments: {minimum: 0, maximum: 1},
	async run({arguments: [scenario = usual], flags, io}) {
		const names = Object.keys(scenarios);
		if (flags.list) {
			const list = names.map(name => ({name, title: scenarios[name]!.title, minutes}));
			if (flags.json) printJson(io, list);
			else
				io.stdout.write(
					list.map(({name, title}) => `${name.padEnd(12)} ${title} (about ${minutes} minutes)\n`).join(''),
				);
			return 0;
		}
		if (!Object.hasOwn(scenarios, scenario)) {
			const near = nearest(scenario, names);
			throw new UsageError(
				`There is no scenario "${scenario}"`,
				near ? `Did you mean ${near}?` : 'See: handrail train --list',
			);
		}
		if (!io.isTerminal) {
			throw new UsageError(
				'Training needs a terminal',
				'To see a whole walk without one: handrail run linux-patching -H practice --plain --yes --confirm web1 --skip-manual demo',
			);
		}
		const speed = flags.speed === undefined ? {} : {HANDRAIL_PRACTICE_SPEED: speedOf(flags.speed)};
		const env = {...io.env, HANDRAIL_PRACTICE_SCENARIO: scenario, ...speed};
		return await run.run({
			arguments: ['linux-patching'],
			flags: {...nothing(run), host: ['practice']},
			io: {...io, env},
		});
	},
});

/** How long a scenario takes somebody who reads. */
const minutes = 15;

function speedOf(text: string): string {
	if (/^\d+(?:\.\d+)?$/.test(text)) return text;
	throw new UsageError(`--speed ${text}: not a number`, 'For example: --speed 2');
}

/** The flags of a command as where none of them is given. */
const nothing = ({flags}: Command) =>
	Object.fromEntries(
		Object.entries(flags).map(([name, {type, multiple}]) => [
			name,
			type === 'boolean' ? false : multiple ? [] : undefined,
		]),
	);
