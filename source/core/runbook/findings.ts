import type {Finding, Place, Severity} from './model.ts';

type Told = {severity: Severity; message: string; hint: string};

const error = (message: string, hint: string): Told => ({severity: 'error', message, hint});
const warning = (message: string, hint: string): Told => ({severity: 'warning', message, hint});

/** Everything the reader can say of a document; the key is the finding's stable code. */
const rules = {
	'file-too-big': (megabytes: string) =>
		error(`The file has ${megabytes} MiB, more than 10.`, 'A runbook is text; move logs and images out of it.'),
	'file-binary': () => error('The file is not text: it holds NUL bytes.', 'Give a Markdown or YAML file.'),
	'file-encoding': () => error('The file is not valid UTF-8.', 'Convert it, e.g. with `iconv -f latin1 -t utf-8`.'),
	'yaml-invalid': (why: string) => error(`Invalid YAML: ${why}`, 'Correct the YAML at this place.'),
	'yaml-shape': (what: string, expected: string) => error(`${what} must be ${expected}.`, 'See the runbook schema.'),
	'yaml-key-unknown': (key: string, near?: string) =>
		error(`Unknown key ${quoted(key)}.`, near ? `Did you mean ${near}?` : 'Remove it, or see the runbook schema.'),
	'prose-holds-blocks': (what: string) =>
		error(
			`This text holds ${what}, which YAML says by a key of its own.`,
			'Use `sh:`, `manual:`, `choice:` or `sections:`.',
		),
	'front-matter-unreadable': (why: string) =>
		warning(
			`The front matter is not readable as YAML: ${why}`,
			'It is left alone; correct it if it was meant for Handrail.',
		),
	'format-unknown': (value: string) =>
		error(
			`\`handrail: ${clip(value)}\` is a format that this program does not know.`,
			'Write `handrail: 1`, or use a newer Handrail.',
		),
	'attribute-syntax': (why: string) =>
		error(
			`These attributes cannot be read: ${why}.`,
			'Write words, key=value or key="...", separated by blanks, in braces.',
		),
	'attribute-text': (why: string) =>
		warning(
			`What stands in braces cannot be read: ${why}.`,
			'It is left alone; correct it if it was meant for Handrail.',
		),
	'attribute-unknown': (key: string, near?: string) =>
		error(
			`Unknown attribute ${quoted(key)}.`,
			near ? `Did you mean ${near}?` : 'Remove it, or see the table of attributes.',
		),
	'attribute-near-miss': (key: string, near: string) =>
		warning(`Unknown attribute ${quoted(key)}.`, `Did you mean ${near}?`),
	'attribute-value': (key: string, value: string, expected: string) =>
		error(`${key}=${clip(value)} is wrong: ${key} takes ${expected}.`, 'Correct the value.'),
	'attribute-twice': (key: string) => error(`The attribute ${key} stands here twice.`, 'Keep one of them.'),
	'attribute-useless': (key: string, where: string) => warning(`${key} has no effect here.`, `It belongs to ${where}.`),
	'attributes-foreign': (names: string[]) =>
		warning(
			`Not Handrail's, left alone: ${listed(names)}.`,
			'Nothing to do, unless one of them was meant for Handrail.',
		),
	'roles-several': (roles: string[]) =>
		error(`A command has one role, not ${roles.join(' and ')}.`, 'Keep one of them.'),
	'risk-of-reading': (role: string, risk: string) =>
		error(
			`A ${role} only reads, but this one ${risk}.`,
			'Use a command that only reads, or make it a step of its own.',
		),
	'risk-hidden': (what: string) =>
		warning(`This looks like ${quoted(what)}: it is treated as risk=disrupts.`, 'Say risk=disrupts in the attributes.'),
	'name-twice': (name: string, line: number) =>
		error(
			`The name ${quoted(name)} was used in line ${line} already.`,
			'Choose another name, or `when`s that exclude each other.',
		),
	'name-variants': (name: string) => error(`${quoted(name)} has more than 64 variants.`, 'Split the section.'),
	'reference-unknown': (key: string, option: string) =>
		error(
			`${key}=${clip(option)} names no section and no block of a rollback option.`,
			'Use the anchor of the section, e.g. rollback=downgrade.',
		),
	'reference-elsewhere': (key: string, section: string) =>
		warning(
			`${key}= names ${quoted(section)}, which is no rollback option.`,
			'Put it under a heading that begins with Rollback.',
		),
	'choice-unknown': (anchor: string) =>
		error(
			`The option #${clip(anchor)} of this choice leads to no section.`,
			'Name the anchor of a section of this document.',
		),
	'choice-misplaced': () =>
		error('A choice stands alone in a section whose title ends with a question mark.', 'Give it a section of its own.'),
	'choice-backwards': () =>
		error('This choice only leads backwards, so the walk would never end.', 'Let one option lead to a later section.'),
	'pattern-invalid': (pattern: string, why: string) =>
		error(
			`The pattern ${quoted(pattern)} does not compile: ${clip(why)}.`,
			'Use RE2 syntax: no look-around, no back references.',
		),
	'when-key': (key: string) =>
		error(
			`${quoted(key)} in \`when\` is neither a fact nor an input.`,
			'Facts: os family pm version arch init env; or declare the input.',
		),
	'gauge-unknown': (gauge: string) =>
		error(
			`\`require\` names ${quoted(gauge)}, which is no gauge.`,
			'See the gauges in the manual, or define one with gauge=NAME.',
		),
	'undo-of-nothing': () =>
		warning('This undo follows no command in its section.', 'Put it after the command that it undoes.'),
	'undo-missing': () => warning('undo=at-end, but no undo follows.', 'Put a fence with `{ undo }` after this command.'),
	'comment-misplaced': (key: string) =>
		warning(`${key} has no effect above the first section.`, 'Put the comment under the heading of a section.'),
	'comment-unread': () =>
		warning('This `<!-- handrail ... -->` is not read here.', 'Put it on a line of its own under a heading.'),
	'fence-unclosed': () =>
		warning('This fence is never closed: all that follows is in it.', 'Close it with the same marks.'),
	'fence-indented': () =>
		warning('A fence is hidden in indented code and is not offered.', 'Indent it by less than four blanks.'),
	'fence-empty': () =>
		warning('This shell fence has nothing to run.', 'A line that begins with # is a comment, not a root prompt.'),
	'heading-level-skipped': (from: number, to: number) =>
		warning(`A heading of level ${to} follows one of level ${from}.`, `Use level ${from + 1}.`),
	'heading-nested': () => warning('A heading inside a list or quote: it is a section.', 'Move it to the left margin.'),
	'heading-bold': (title: string) =>
		warning(`The bold line ${quoted(title)} is read as a heading.`, 'Write it as a heading with `#` marks.'),
	'nesting-too-deep': () =>
		warning('Lists and quotes are nested too deeply here; what is deeper is only text.', 'Flatten them.'),
	'link-broken': (anchor: string, near?: string) =>
		warning(
			`The link to #${clip(anchor)} leads to no section.`,
			near ? `Did you mean #${near}?` : 'Name the anchor of a heading.',
		),
	'section-missing': (title: string, near?: string) =>
		warning(
			`The table of contents names ${quoted(title)}, but there is no such section.`,
			near ? `The nearest is ${quoted(near)}.` : 'Write the section, or take it off the list.',
		),
	'variable-carried': (name: string, line: number) =>
		warning(
			`$${name} is set in the fence of line ${line}, not in this one.`,
			'Each command has a shell of its own: set it here, or hand it on through $HANDRAIL_OUTPUT.',
		),
	'directory-carried': () =>
		warning(
			'This cd ends with the command.',
			'Each command has a shell of its own: use cwd=, or put the commands into one fence.',
		),
};

export type FindingCode = keyof typeof rules;

export type Reporter = {
	findings: Finding[];
	report<Code extends FindingCode>(code: Code, place: Place, ...data: Parameters<(typeof rules)[Code]>): void;
};

/** Collects findings of one file. */
export function createReporter(file: string): Reporter {
	const findings: Finding[] = [];
	return {
		findings,
		report(code, place, ...data) {
			const say = rules[code] as (...data: unknown[]) => Told;
			findings.push({code, file, line: place.line, column: place.column, ...say(...data)});
		},
	};
}

const quoted = (text: string) => `“${clip(text)}”`;

/** Text of the document on one line and of bounded length: it is hostile. */
function clip(text: string): string {
	const line = text
		.slice(0, 200)
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim();
	return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function listed(names: string[]): string {
	const shown = names.slice(0, 8).map(clip).join(', ');
	return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
