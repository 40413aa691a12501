import {formatDuration} from '../../core/runbook/duration.ts';
import type {
	Command,
	CommandRole,
	Content,
	Counts,
	Document,
	Input,
	Runbook,
	Section,
} from '../../core/runbook/model.ts';
import {isBlock, preamble, sectionsOf} from '../../core/runbook/outline.ts';
import {formatRequire} from '../../core/runbook/require.ts';
import {formatWhen} from '../../core/runbook/when.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';
import {commandNotes} from './command-notes.ts';

/** The outline of a document for reading: inputs, sections, every block with the text of its fence. */
export function showOutline({runbook, counts}: Document): string {
	const above = runbook.content.some(isBlock) ? contentLines(preamble(runbook), 0) : [];
	const lines = [
		visibleLine(runbook.title),
		...inputLines(runbook),
		...(runbook.require.length > 0 ? ['', `Requires ${visibleLine(formatRequire(runbook.require))}`] : []),
		...above,
		...runbook.sections.flatMap(section => sectionLines(section, 0)),
		...ownLines(runbook),
		'',
		countsLine(counts),
	];
	return `${lines.join('\n')}\n`;
}

function inputLines({inputs}: Runbook): string[] {
	const names = Object.keys(inputs);
	if (names.length === 0) return [];
	const width = Math.max(...names.map(name => name.length));
	return ['', 'Inputs', ...names.map(name => `  ${visibleLine(`${name.padEnd(width)}  ${inputText(inputs[name]!)}`)}`)];
}

function inputText({prompt, default: value, values, pattern, secret}: Input): string {
	return [
		prompt,
		value !== undefined && `default ${value}`,
		values && `one of ${values.join(', ')}`,
		pattern !== undefined && `must match ${pattern}`,
		secret && 'secret',
	]
		.filter(Boolean)
		.join('; ');
}

function sectionLines(section: Section, depth: number): string[] {
	const margin = '  '.repeat(depth);
	return [
		'',
		visibleLine(`${margin}${'#'.repeat(depth + 1)} ${section.title}  (#${section.id}, line ${section.place.line})`),
		...sectionNotes(section).map(note => visibleLine(`${margin}  ${note}`)),
		...contentLines(section, depth),
		...section.sections.flatMap(inner => sectionLines(inner, depth + 1)),
	];
}

function sectionNotes(section: Section): string[] {
	const notes = [
		section.role && `${section.role} section`,
		section.when.length > 0 && `when ${formatWhen(section.when)}`,
		section.require.length > 0 && `requires ${formatRequire(section.require)}`,
		section.takes !== undefined && `takes ${formatDuration(section.takes)}`,
		section.loses !== undefined && `loses "${section.loses}"`,
	].filter(Boolean);
	return notes.length > 0 ? [notes.join(', ')] : [];
}

function contentLines(section: Section, depth: number): string[] {
	const margin = '  '.repeat(depth + 1);
	return section.content.flatMap(itemLines).map(line => `${margin}${line}`.trimEnd());
}

/** A block, sample or symptom: a line that says what it is, and its text under it, word for word. */
function itemLines(content: Content): string[] {
	switch (content.kind) {
		case 'prose':
			return [];
		case 'sample':
			return [
				'',
				`${placeText(content)}shown, not run${content.language && ` (${visibleLine(content.language)})`}`,
				...textLines(content.text, '|'),
			];
		case 'symptom':
			return [
				'',
				`${placeText(content)}symptom${whenNote(content)}`,
				...content.patterns.map(pattern => `  ~ ${visibleLine(pattern)}`),
			];
		case 'command':
			return [
				'',
				`${placeText(content)}${visibleLine(`${content.id}: ${commandNotes(content)}`)}`,
				...textLines(content.script, '$'),
			];
		case 'manual':
			return [
				'',
				`${placeText(content)}${visibleLine(content.id)}: manual${whenNote(content)}`,
				...textLines(content.text, '[ ]'),
			];
		case 'choice':
			return [
				'',
				`${placeText(content)}${visibleLine(content.id)}: choice${whenNote(content)}`,
				...content.options.map(({text, section}) => `  -> ${visibleLine(text)}  (#${visibleLine(section ?? '?')})`),
			];
	}
}

const placeText = ({place}: Content) => `line ${place.line}  `;
const whenNote = ({when}: {when: Parameters<typeof formatWhen>[0]}) =>
	when.length > 0 ? `, when ${visibleLine(formatWhen(when))}` : '';

/** The mark stands before the first line only: what follows belongs to it. */
function textLines(text: string, mark: string): string[] {
	return visible(text)
		.split('\n')
		.map((line, index) => `  ${index === 0 || mark === '|' ? mark : ' '.repeat(mark.length)} ${line}`.trimEnd());
}

/** What the program runs without being asked, once the operator agreed to it. */
function ownLines(runbook: Runbook): string[] {
	const commands = sectionsOf(runbook)
		.flatMap(section => section.content)
		.filter(content => content.kind === 'command')
		.filter(({role}) => byItself.includes(role));
	if (commands.length === 0) return [];
	return ['', 'Runs by itself, and only reads', ...commands.map(command => `  ${commandTitle(command)}`)];
}

const byItself: CommandRole[] = ['check', 'gauge', 'ready', 'available'];

const commandTitle = ({id, role, place}: Command) => visibleLine(`${id} (${role}, line ${place.line})`);

function countsLine(counts: Counts): string {
	const {headings, shellFences, otherFences, taskItems, sectionLinks, brokenSectionLinks} = counts;
	return `In the file: headings ${headings}, shell fences ${shellFences}, other fences ${otherFences}, task items ${taskItems}, links to sections ${sectionLinks} (broken ${brokenSectionLinks})`;
}
