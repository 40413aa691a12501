import {slug} from 'github-slugger';
import type {Settled} from '../draft/settle.ts';
import type {Choice, Command, Section} from '../model.ts';
import {indexOf, isBlock, rollbackOptionsOf, sectionsOf} from '../outline.ts';

/** Settles what `rollback=`, `closes=` and choices name, and says what names nothing. */
export function checkReferences(settled: Settled) {
	const find = createOptionFinder(settled);
	for (const section of sectionsOf(settled.runbook)) {
		for (const block of section.content) {
			if (block.kind === 'choice') checkChoice(settled, section, block);
			if (block.kind !== 'command') continue;
			if (block.rollback.length + block.closes.length === 0) continue;
			block.rollback = settleOptions(settled, block, 'rollback', find);
			block.closes = settleOptions(settled, block, 'closes', find);
		}
	}
}

type OptionFinder = (word: string) => {ids: string[]; isOption: boolean};

function settleOptions(settled: Settled, command: Command, key: 'rollback' | 'closes', find: OptionFinder): string[] {
	const place = settled.settling.places.get(command)?.get(key) ?? command.place;
	const found = command[key].flatMap(word => {
		const {ids, isOption} = find(word);
		if (ids.length === 0) settled.report('reference-unknown', place, key, word);
		else if (!isOption) settled.report('reference-elsewhere', place, key, word);
		return ids;
	});
	return [...new Set(found)];
}

/** An option by its anchor, by the name of a block in it, by its title; else any section by its anchor. */
function createOptionFinder({runbook, anchors}: Settled): OptionFinder {
	const options = rollbackOptionsOf(runbook);
	const byId = new Map(options.map(option => [option.id, option.id]));
	const byName = new Map<string, Set<string>>();
	const byTitle = new Map<string, Set<string>>();
	const add = (map: Map<string, Set<string>>, key: string, id: string) => {
		const ids = map.get(key);
		if (ids) ids.add(id);
		else map.set(key, new Set([id]));
	};
	for (const option of options) {
		add(byTitle, slug(option.title), option.id);
		for (const name of namesIn(option)) add(byName, name, option.id);
	}
	return word => {
		const key = word.replace(/^#/, '').toLowerCase();
		const id = byId.get(key);
		if (id !== undefined) return {ids: [id], isOption: true};
		const ids = byName.get(word) ?? byTitle.get(key);
		if (ids) return {ids: [...ids], isOption: true};
		const other = anchors.find(key);
		return {ids: other === undefined ? [] : [other], isOption: false};
	};
}

function* namesIn(section: Section): Generator<string> {
	for (const block of section.content) {
		if (isBlock(block) && block.kind !== 'choice' && block.name !== undefined) yield block.name;
	}
	for (const inner of section.sections) yield* namesIn(inner);
}

function checkChoice({runbook, choices, report}: Settled, section: Section, choice: Choice) {
	const index = indexOf(runbook);
	const here = index.sections.get(section.id)!.order;
	const written = choices.get(choice)!;
	for (const [at, option] of choice.options.entries()) {
		const {anchor, place} = written.options[at]!;
		if (option.section === undefined) report('choice-unknown', place, anchor);
	}
	const targets = choice.options.map(option => option.section).filter(id => id !== undefined);
	const leadsOn = targets.some(id => index.sections.get(id)!.order > here);
	if (targets.length > 0 && !leadsOn) report('choice-backwards', choice.place);
}
