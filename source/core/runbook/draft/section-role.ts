import type {SectionRole} from '../model.ts';
import type {DraftSection} from './draft.ts';

/** Numbers, emoji, `Step N` and marks between them, before the words of a heading. */
const lead = /(?:\s|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{P}|\p{M}|\p{Cf}|\d+|step\s+\d+)/iuy;

const roles: {pattern: RegExp; role: SectionRole}[] = [
	{pattern: /roll[- ]?back/iy, role: 'rollback'},
	{pattern: /troubleshooting/iy, role: 'troubleshooting'},
];

/** The role that a heading gives its section, by its first words. */
export function roleOfTitle(title: string): SectionRole | undefined {
	let at = 0;
	for (lead.lastIndex = 0; lead.test(title); ) at = lead.lastIndex;
	return roles.find(({pattern}) => {
		pattern.lastIndex = at;
		return pattern.test(title);
	})?.role;
}

/** The section that holds all others, and with them all that can be walked: no heading gives it a role. */
export function sectionOfAll(root: DraftSection): DraftSection | undefined {
	const isAlone = root.sections.length === 1 && root.content.every(({kind}) => kind === 'prose' || kind === 'sample');
	return isAlone ? root.sections[0] : undefined;
}
