// Under `set -e` the shell language leaves the script where a function or a group fails on the left of `&&` or `||`,
// or behind `!`; a shell does not. As the condition of an `if` it is done right: so the list is written with these.
import {
	type Command,
	functionNames,
	group,
	ifElse,
	literal,
	mapNodes,
	type Node,
	type Pipeline,
	parameter,
	pipelineOf,
	type Statement,
	simple,
	statement,
	statementOf,
	type Word,
	word,
} from './syntax.ts';

/** A program of this shell: says whether a list goes on after an exit code. */
export const goesOnName = '__goes_on';
/** A variable that holds that code. */
const codeName = '__code';

export function lawfulLists<Tree>(tree: Tree): Tree {
	const functions = functionNames(tree);
	const isRisky = ({commands}: Pipeline) =>
		commands.some(({type, name}) =>
			type !== 'SimpleCommand' ? type !== 'FunctionDef' : functions.has(literal(name) ?? ''),
		);
	return mapNodes(tree, node => (node.type === 'Statement' ? lawful(node as Statement, isRisky) : node)) as Tree;
}

function lawful(list: Statement, isRisky: (pipeline: Pipeline) => boolean): Node {
	const last = list.pipelines.length - 1;
	const hasRisk = list.pipelines.some((each, index) => (index < last || each.negated) && isRisky(each));
	if (!hasRisk || list.operators.includes(';') || list['background']) return list;
	const parts = list.pipelines.map((pipeline, index): Statement => {
		const known = index === 0 ? pipeline : withCode(pipeline);
		const own = index < last || pipeline.negated ? kept(known) : statementOf(known);
		return index === 0 ? own : after(list.operators[index - 1]!, own, index === last);
	});
	const end = list.pipelines[last]!.negated ? [statementOf(pipelineOf(goesOn('or'), true))] : [];
	return {...list, pipelines: [pipelineOf(group([...parts, ...end]))], operators: []};
}

/** `if PIPELINE; then __code=0; else __code=$?; fi` */
function kept(pipeline: Pipeline): Statement {
	const [yes, no] = pipeline.negated
		? [assign(word('1')), assign(word('0'))]
		: [assign(word('0')), assign(parameter('?'))];
	return statement(ifElse(statementOf({...pipeline, negated: false}), statement(yes), statement(no)));
}

/** `$?` in what comes first behind `&&` or `||` is the code of what stood before it. */
function withCode(pipeline: Pipeline): Pipeline {
	const [first, ...rest] = pipeline.commands;
	return {...pipeline, commands: [codeKnown(first!), ...rest]};
}

function codeKnown(command: Command): Command {
	if (command.type === 'SimpleCommand') return mapNodes(command, renamed) as Command;
	const [first, ...rest] = (command['body'] ?? []) as Statement[];
	if (command.type !== 'Group' || !first) return command;
	const [pipeline, ...more] = first.pipelines;
	return {...command, body: [{...first, pipelines: [withCode(pipeline!), ...more]}, ...rest]};
}

const renamed = (node: Node): Node =>
	node.type === 'ParameterExpansion' && node['parameter'] === '?' ? {...node, parameter: codeName} : node;

const assign = (value: Word): Command => simple('printf', [word('-v'), word(codeName), word('%s'), value]);

const goesOn = (operator: string): Command => simple(goesOnName, [word(operator), parameter(codeName)]);

/** What follows `&&` or `||`; where the last one is passed over behind `&&`, the list fails, without an end of the script. */
function after(operator: string, own: Statement, isLast: boolean): Statement {
	const isAnd = operator === '&&';
	const passed = statementOf(pipelineOf(simple('true'), isAnd && isLast));
	return statement(ifElse(statement(goesOn(isAnd ? 'and' : 'or')), own, passed));
}
