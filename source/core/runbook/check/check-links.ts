import {slug} from 'github-slugger';
import {nearest} from '../../text/nearest.ts';
import type {Settled} from '../draft/settle.ts';
import {sectionsOf} from '../outline.ts';

/** Says which links lead nowhere, and which sections a table of contents names that the text lacks. */
export function checkLinks({runbook, draft, anchors, report}: Settled) {
	const suggest = createSuggestion(anchors.all);
	for (const {anchor, place} of draft.links) {
		if (anchors.has(anchor)) continue;
		draft.counts.brokenSectionLinks++;
		report('link-broken', place, anchor, suggest(anchor));
	}
	if (draft.contents.length === 0) return;
	const titles = new Map(sectionsOf(runbook).map(({title}) => [slug(title), title]));
	const known = [...titles.keys()].sort();
	for (const {title, anchor, place} of draft.contents) {
		const wanted = slug(title);
		if (wanted === '' || titles.has(wanted) || (anchor !== undefined && anchors.has(anchor))) continue;
		report('section-missing', place, title, titles.get(firstWith(`${wanted}-`, known) ?? ''));
	}
}

/** Comparing every broken link with every anchor is quadratic: in a large document only the first few get a suggestion. */
function createSuggestion(all: string[]) {
	let left = Math.min(50, Math.floor(20_000 / (all.length + 1)));
	return (anchor: string) => (anchor.length <= 100 && left-- > 0 ? nearest(anchor.toLowerCase(), all) : undefined);
}

/** The first of sorted texts that begins so. */
function firstWith(beginning: string, sorted: string[]): string | undefined {
	let [from, to] = [0, sorted.length];
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (sorted[middle]! < beginning) from = middle + 1;
		else to = middle;
	}
	return sorted[from]?.startsWith(beginning) ? sorted[from] : undefined;
}
