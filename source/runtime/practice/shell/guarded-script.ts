// Asks before each redirection whether the file may be written: the shell language gives up the whole script otherwise.
import {
	type Command,
	group,
	mapNodes,
	type Node,
	parameter,
	pipelineOf,
	type Redirection,
	simple,
	statement,
	statementOf,
	type Word,
} from './syntax.ts';

/** Programs of this shell: the one that fails where a file may not be written, and the one that ends with a code. */
export const guardName = '__guard';
export const returnName = '__return';

/** `command > FILE` becomes `{ __guard FILE && command > FILE; __return $?; }`, at any depth. */
export const guardedScript = <Tree>(tree: Tree): Tree => mapNodes(tree, guarded) as Tree;

function guarded(node: Node): Node {
	const command = node as Command;
	const files = command.type === 'FunctionDef' ? [] : (command.redirections ?? []).filter(isOutput);
	if (files.length === 0) return node;
	const guard = simple(
		guardName,
		files.map(({target}) => target as Word),
	);
	const list = statementOf(pipelineOf(guard), pipelineOf(command));
	return group([list, statement(simple(returnName, [parameter('?')]))]);
}

const isOutput = ({operator, target}: Redirection): boolean =>
	['>', '>>', '>|', '&>', '&>>'].includes(operator) && target.type === 'Word';
