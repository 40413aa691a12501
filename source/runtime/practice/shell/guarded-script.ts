// Asks before each redirection whether the file may be written: the shell language gives up the whole script otherwise.
import {type Command, ifElse, mapNodes, type Node, type Redirection, simple, statement, type Word} from './syntax.ts';

/** Programs of this shell: the one that says whether files may be written, and the one that fails. */
export const guardName = '__guard';
export const refusedName = '__refused';

/** `command > FILE` becomes `if __guard FILE; then command > FILE; else __refused; fi`, at any depth. */
export const guardedScript = <Tree>(tree: Tree): Tree => mapNodes(tree, guarded) as Tree;

function guarded(node: Node): Node {
	const command = node as Command;
	const files = command.type === 'FunctionDef' ? [] : (command.redirections ?? []).filter(isOutput);
	if (files.length === 0) return node;
	const guard = simple(
		guardName,
		files.map(({target}) => target as Word),
	);
	return ifElse(statement(guard), statement(command), statement(simple(refusedName)));
}

const isOutput = ({operator, target}: Redirection): boolean =>
	['>', '>>', '>|', '&>', '&>>'].includes(operator) && target.type === 'Word';
