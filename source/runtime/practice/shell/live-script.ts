// Rewrites a script so that each of its commands prints when it runs: the shell language gives its output at its end.

import {devices} from './devices.ts';
import {
	type Command,
	functionNames,
	literal,
	type Node,
	type Pipeline,
	pipelineOf,
	type Redirection,
	type Statement,
	statement,
	type Word,
	word,
} from './syntax.ts';

type Settings = {slow: (program: string) => boolean; captures: boolean};

/** `slow` says of which programs the lines are to be seen as they come. */
export function liveScript<Tree extends object>(tree: Tree, settings: Settings): Tree {
	const script = tree as unknown as Node & {statements: Statement[]};
	const rewriter = new Rewriter(settings, functionNames(script));
	return {...script, statements: rewriter.list(script.statements, true)} as unknown as Tree;
}

class Rewriter {
	readonly #settings: Settings;
	readonly #functions: Set<string>;

	constructor(settings: Settings, functions: Set<string>) {
		this.#settings = settings;
		this.#functions = functions;
	}

	/** `reads`: the commands read where the script does, not from a pipe or a file. */
	list(statements: Statement[], reads: boolean): Statement[] {
		return statements.map(each => ({
			...each,
			pipelines: each.pipelines.map((pipeline, index) =>
				this.#pipeline(pipeline, reads, index === each.pipelines.length - 1),
			),
		}));
	}

	#pipeline(pipeline: Pipeline, reads: boolean, isLast: boolean): Pipeline {
		const last = pipeline.commands.length - 1;
		const commands = pipeline.commands.map((command, index) => {
			if (index === last) return this.#command(command, reads && last === 0, isLast);
			return pipeline.pipeStderr?.[index] || !('redirections' in command) ? command : redirected(command, [errors]);
		});
		return {...pipeline, commands};
	}

	#command(command: Command, reads: boolean, isLast: boolean): Command {
		if (command.type === 'SimpleCommand') return this.#simple(command, reads, isLast);
		const {redirections} = command;
		if (command.type === 'FunctionDef' || !redirections) return command;
		if (!redirections.every(isInput)) return redirected(command, this.#both());
		const inner = reads && redirections.length === 0;
		const list = (value: unknown) => this.list(value as Statement[], inner);
		const body = isBody.has(command.type) ? {body: list(command['body'])} : {};
		const condition = isLoop.has(command.type) ? {condition: list(command['condition'])} : {};
		const clauses = command['clauses'] as {condition: unknown; body: unknown}[] | undefined;
		const items = command['items'] as {body: unknown}[] | undefined;
		return {
			...command,
			...body,
			...condition,
			...(clauses && {clauses: clauses.map(each => ({condition: list(each.condition), body: list(each.body)}))}),
			...(command['elseBody'] ? {elseBody: list(command['elseBody'])} : {}),
			...(items && {items: items.map(each => ({...each, body: list(each.body)}))}),
		};
	}

	#simple(command: Command, reads: boolean, isLast: boolean): Command {
		const {redirections = []} = command;
		const name = literal(command.name);
		if (!command.name || (name !== undefined && declares.has(name))) {
			// Within a list, a group would end the script where the command alone would not.
			return isLast ? {type: 'Group', body: [statement(command)], redirections: [errors]} : command;
		}
		// It sets the streams of the shell itself.
		if (name === 'exec') return command;
		if (name === 'read' && reads && redirections.length === 0) return this.#read(command);
		const isLive =
			name !== undefined &&
			!this.#functions.has(name) &&
			this.#settings.slow(name) &&
			redirections.every(each => isInput(each) || isHarmless(each));
		if (!isLive) return redirected(command, this.#both());
		const live = {...command, name: word(liveName), args: [command.name, ...command.args!]};
		return redirected(live, this.#both());
	}

	/** `read x` becomes: wait for a line of the task's input, then `read x` from it. */
	#read(command: Command): Command {
		const wait: Command = {...command, name: word(lineName), assignments: [], redirections: this.#both()};
		const read: Command = {
			...command,
			args: withoutPrompt(command.args!),
			redirections: [redirection(null, '<', devices.line)],
		};
		const both: Statement = {...statement(wait), pipelines: [pipelineOf(wait), pipelineOf(read)], operators: ['&&']};
		return {type: 'Group', body: [both], redirections: []};
	}

	#both(): Redirection[] {
		return this.#settings.captures
			? [redirection(1, '>>', devices.capture), errors]
			: [redirection(1, '>>', devices.output), redirection(2, '>&', '1')];
	}
}

/** Programs of this shell: the one whose lines are seen at once, and the one that waits for a line of input. */
export const liveName = '__live';
export const lineName = '__line';

const declares = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);
const isBody = new Set(['For', 'CStyleFor', 'While', 'Until', 'Group', 'Subshell']);
const isLoop = new Set(['While', 'Until']);

const isInput = ({operator}: Redirection): boolean => ['<', '<<', '<<-', '<<<', '<&'].includes(operator);
/** `2>&1`: both streams go to the same place anyhow. */
const isHarmless = ({fd, operator, target}: Redirection): boolean =>
	fd === 2 && operator === '>&' && literal(target as Word) === '1';

const redirection = (fd: number | null, operator: string, target: string): Redirection => ({
	type: 'Redirection',
	fd,
	operator,
	target: word(target),
});
const errors = redirection(2, '>>', devices.output);
const redirected = (command: Command, more: Redirection[]): Command => ({
	...command,
	redirections: [...more, ...(command.redirections ?? [])],
});

function withoutPrompt(words: Word[]): Word[] {
	return words.filter((each, index) => {
		const before = literal(words[index - 1]);
		return !/^-[rs]*[pt]$/.test(literal(each) ?? '') && !/^-[rs]*[pt]$/.test(before ?? '');
	});
}
