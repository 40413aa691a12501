import {posix} from 'node:path';

/** What breaks the rule of the house in a source tree: path (`source/...`) -> text. Empty where all is well. */
export function breaches(files: Map<string, string>): string[] {
	const found: string[] = [];
	const graph = new Map<string, string[]>();
	for (const [path, text] of files) {
		const edges: string[] = [];
		graph.set(path, edges);
		if (text.split('\n').length > 351) found.push(`${path} has more than 350 lines`);
		if (/\/(utils|helpers|common)\//.test(path)) found.push(`${path} is in a folder without a meaning`);
		for (const {name, isType} of importsOf(text)) {
			const isOwn = /^[./]/.test(name);
			const target = isOwn ? posix.join(posix.dirname(path), name) : name;
			// Types are gone when the program runs.
			if (files.has(target) && !isType) edges.push(target);
			if (!mayImport(path, target, isOwn, isType)) found.push(`${path} may not import ${target}`);
		}
	}
	return [...found, ...cycles(graph)];
}

function mayImport(path: string, target: string, isOwn: boolean, isType: boolean): boolean {
	const floor = floors.find(({files}) => files.test(path));
	if (!floor) return false;
	if (isOwn) return floor.source.test(target);
	if (target.startsWith('node:')) return floor.node || isType;
	if (kept.some(({library, home}) => library.test(target) && !home.test(path))) return false;
	return floor.libraries?.test(target) ?? true;
}

const floors = [
	{
		files: /^source\/core\//,
		source: /^source\/core\//,
		node: false,
		libraries: /^(yaml|zod|markdown-it|re2js|github-slugger|string-width|@xterm\/headless)$/,
	},
	{files: /^source\/runtime\//, source: /^source\/(core|runtime)\//, node: true},
	{files: /^source\/views\//, source: /^source\/(core|views)\/|^source\/runtime\/engine\/session\.ts$/, node: true},
	{files: /^source\/(commands\/|cli\.ts$)/, source: /^source\//, node: true},
];

/** Libraries that one folder alone may know. */
const kept = [
	{library: /^(ink|react)(-|\/|$)/, home: /^source\/views\/ui\//},
	{library: /^ssh2(\/|$)/, home: /^source\/runtime\/ssh\//},
];

function importsOf(text: string): {name: string; isType: boolean}[] {
	const fixed = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
	const lazy = text.matchAll(/\b(?:import|require)\(\s*(?:'|"|`)([^'"`]+)/g);
	return [
		...Array.from(fixed, match => ({name: match[2]!, isType: match[1] !== undefined})),
		...Array.from(lazy, match => ({name: match[1]!, isType: false})),
	];
}

function cycles(graph: Map<string, string[]>): string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const visit = (path: string, trail: string[]) => {
		if (trail.includes(path))
			found.push(`a cycle of imports: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`);
		if (done.has(path) || trail.includes(path)) return;
		for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
		done.add(path);
	};
	for (const path of graph.keys()) visit(path, []);
	return found;
}
