// In the shell language an assignment ends with the exit code of what ran before it; in a shell it succeeds.
import {type Command, group, mapNodes, type Node, simple, statement, type Word, word} from './syntax.ts';

type Assignment = Node & {name: string; value: Word | null; append: boolean; array: unknown};

/** `x=$?` becomes `printf -v x %s "$?"`, `x=1` becomes `{ true; x=1; }`; those with a command in them are done right. */
export const lawfulAssignments = <Tree>(tree: Tree): Tree => mapNodes(tree, lawful) as Tree;

function lawful(node: Node): Node {
	const command = node as Command;
	const assignments = (command['assignments'] ?? []) as Assignment[];
	if (command.type !== 'SimpleCommand' || command.name || assignments.length === 0) return node;
	if (holds(assignments, part => part.type === 'CommandSubstitution')) return node;
	const usesCode = holds(assignments, part => part.type === 'ParameterExpansion' && part['parameter'] === '?');
	const isPlain = assignments.every(({array, append}) => !array && !append);
	if (usesCode && isPlain) return printed(assignments);
	return usesCode ? node : group([statement(simple('true')), statement(command)]);
}

/** One `printf -v` for each, all with the same code: they stand in one list. */
function printed(assignments: Assignment[]): Command {
	const [first, ...more] = assignments.map(({name, value}) => {
		const quoted: Word = {type: 'Word', parts: [{type: 'DoubleQuoted', parts: value?.parts ?? []}]};
		return simple('printf', [word('-v'), word(name), word('%s'), quoted]);
	});
	return more.length === 0 ? first! : group([first!, ...more].map(statement));
}

function holds(tree: unknown, isWanted: (node: Node) => boolean): boolean {
	if (Array.isArray(tree)) return tree.some(each => holds(each, isWanted));
	if (tree === null || typeof tree !== 'object') return false;
	return isWanted(tree as Node) || Object.values(tree).some(each => holds(each, isWanted));
}
