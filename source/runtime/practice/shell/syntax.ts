// The parts of a script's syntax tree that are rewritten before it runs, and how new ones are made.

export type Node = {type: string; [key: string]: unknown};
export type Statement = Node & {pipelines: Pipeline[]; operators: string[]};
export type Pipeline = Node & {commands: Command[]; negated: boolean; pipeStderr?: boolean[]};
export type Command = Node & {redirections?: Redirection[]; name?: Word | null; args?: Word[]};
export type Redirection = Node & {fd: number | null; operator: string; target: Node};
export type Word = Node & {parts: (Node & {value?: string})[]};

export const word = (value: string): Word => ({type: 'Word', parts: [{type: 'Literal', value}]});

/** `$NAME` */
export const parameter = (name: string): Word => ({
	type: 'Word',
	parts: [{type: 'ParameterExpansion', parameter: name, operation: null}],
});

export const simple = (name: string, args: Word[] = []): Command => ({
	type: 'SimpleCommand',
	assignments: [],
	name: word(name),
	args,
	redirections: [],
});

export const pipelineOf = (command: Command, negated = false): Pipeline => ({
	type: 'Pipeline',
	commands: [command],
	negated,
});

export const statementOf = (...pipelines: Pipeline[]): Statement => ({
	type: 'Statement',
	pipelines,
	operators: pipelines.slice(1).map(() => '&&'),
	background: false,
});

export const statement = (command: Command): Statement => statementOf(pipelineOf(command));

export const group = (body: Statement[]): Command => ({type: 'Group', body, redirections: []});

export const ifElse = (condition: Statement, body: Statement, elseBody: Statement): Command => ({
	type: 'If',
	clauses: [{condition: [condition], body: [body]}],
	elseBody: [elseBody],
	redirections: [],
});

/** The text of a word that is one plain piece. */
export function literal(node: Word | null | undefined): string | undefined {
	const [part, more] = node?.parts ?? [];
	return part?.type === 'Literal' && more === undefined ? part.value : undefined;
}

/** Names of the functions that a script defines, wherever. */
export function functionNames(node: unknown, known = new Set<string>()): Set<string> {
	if (Array.isArray(node)) for (const each of node) functionNames(each, known);
	else if (node !== null && typeof node === 'object') {
		const {type, name} = node as Node;
		if (type === 'FunctionDef') known.add(String(name));
		for (const value of Object.values(node)) functionNames(value, known);
	}
	return known;
}

/** The tree with each of its nodes changed, the innermost first. */
export function mapNodes(tree: unknown, change: (node: Node) => Node): unknown {
	if (Array.isArray(tree)) return tree.map(each => mapNodes(each, change));
	if (tree === null || typeof tree !== 'object') return tree;
	const entries = Object.entries(tree).map(([key, value]) => [key, mapNodes(value, change)]);
	const node = Object.fromEntries(entries) as Node;
	return typeof node.type === 'string' ? change(node) : node;
}
