import type {Block, Command, Runbook, Section, SectionRole} from './model.ts';

/** A section that directly holds a block, with its blocks in order; variants of one id stand together. */
export type Step = {section: Section; items: Item[]};
/** What is walked as one: a block, or variants of it of which at most one applies to a host. */
export type Item = {id: string; section: Section; variants: Block[]};

/** The id of the section that stands for what is above the first heading. */
export const preambleId = '';

export function isBlock(content: {kind: string}): content is Block {
	return content.kind === 'command' || content.kind === 'manual' || content.kind === 'choice';
}

export const blocksOf = (section: Section): Block[] => section.content.filter(isBlock);

/** The role that holds for a section: its own, or that of the nearest section around it. */
export function roleOf(index: Index, id: string): SectionRole | undefined {
	for (let at = index.sections.get(id); at; at = at.parent) if (at.section.role) return at.section.role;
	return undefined;
}

/** Roles of commands that are walked; the others are reached by a key or run by the program itself. */
export const isWalked = (block: Block): boolean =>
	block.kind !== 'command' || block.role === 'run' || block.role === 'check' || block.role === 'plan';

export type Placed = {section: Section; parent: Placed | undefined; order: number};

/** Look-ups that the walk needs, made once per runbook. */
export type Index = {
	sections: Map<string, Placed>;
	/** Steps in document order, rollback and troubleshooting sections included. */
	steps: Step[];
	stepBySection: Map<string, Step>;
	items: Map<string, Item>;
};

/** A runbook may have ten thousand sections, and they are asked after at every event and key. */
function oncePerRunbook<Found>(find: (runbook: Runbook) => Found): (runbook: Runbook) => Found {
	const known = new WeakMap<Runbook, {found: Found}>();
	return runbook => {
		const before = known.get(runbook);
		if (before) return before.found;
		const found = find(runbook);
		known.set(runbook, {found});
		return found;
	};
}

/** Every section in document order, what stands above the first one (where it holds a block) first. */
export const sectionsOf = oncePerRunbook((runbook): readonly Section[] => {
	const all: Section[] = [];
	const add = (section: Section) => {
		all.push(section);
		section.sections.forEach(add);
	};
	if (runbook.content.some(isBlock)) all.push(preamble(runbook));
	runbook.sections.forEach(add);
	return all;
});

export const indexOf = oncePerRunbook((runbook): Index => {
	const index: Index = {sections: new Map(), steps: [], stepBySection: new Map(), items: new Map()};
	const add = (section: Section, parent: Placed | undefined) => {
		const placed = {section, parent, order: index.sections.size};
		index.sections.set(section.id, placed);
		addStep(index, section);
		for (const inner of section.sections) add(inner, placed);
	};
	if (runbook.content.some(isBlock)) add(preamble(runbook), undefined);
	for (const section of runbook.sections) add(section, undefined);
	return index;
});

/** True where `inner` is `outer` or lies inside it. */
export function isWithin(index: Index, inner: string, outer: string): boolean {
	for (let at = index.sections.get(inner); at; at = at.parent) if (at.section.id === outer) return true;
	return false;
}

/** The phases: sections of the shallowest depth that occurs more than once, else of the shallowest that occurs. */
export function phasesOf(runbook: Runbook): Section[] {
	let level = runbook.sections;
	while (level.length === 1 && level[0]!.sections.length > 0) level = level[0]!.sections;
	return level.length > 1 ? level : runbook.sections;
}

/** The ways back: each subsection of a rollback section, or the section itself where it has none. */
export const rollbackOptionsOf = oncePerRunbook((runbook): readonly Section[] => {
	const options: Section[] = [];
	const visit = (section: Section) => {
		if (section.role === 'rollback') options.push(...(section.sections.length > 0 ? section.sections : [section]));
		else section.sections.forEach(visit);
	};
	runbook.sections.forEach(visit);
	return options;
});

/** Entries of the troubleshooting sections: every section in them that holds a symptom. */
export const troubleshootingEntriesOf = oncePerRunbook((runbook): readonly Section[] =>
	sectionsOf(runbook).filter(section => section.content.some(content => content.kind === 'symptom')),
);

/** The command that an `undo` belongs to: the walked one before it in its section. */
export function undoOf(section: Section, id: string): Command | undefined {
	const blocks = blocksOf(section);
	const last = blocks.findLastIndex(block => block.id === id);
	const undo = blocks
		.slice(last + 1)
		.find(block => block.kind === 'command' && (block.role === 'undo' || block.role === 'run'));
	return undo?.kind === 'command' && undo.role === 'undo' ? undo : undefined;
}

function addStep(index: Index, section: Section) {
	const items = new Map<string, Item>();
	for (const block of blocksOf(section)) {
		const item = items.get(block.id) ?? {id: block.id, section, variants: []};
		item.variants.push(block);
		items.set(block.id, item);
		index.items.set(block.id, item);
	}
	if (items.size === 0) return;
	const step = {section, items: [...items.values()]};
	index.steps.push(step);
	index.stepBySection.set(section.id, step);
}

/** The section that stands for what is above the first heading. */
export function preamble(runbook: Runbook): Section {
	return {
		id: preambleId,
		title: runbook.title,
		when: [],
		require: [],
		content: runbook.content,
		sections: [],
		level: 1,
		place: {line: 1, column: 1},
	};
}
