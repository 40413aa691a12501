import fc from 'fast-check';
import GithubSlugger, {slug} from 'github-slugger';
import type {
	Block,
	Choice,
	Command,
	CommandRole,
	Content,
	Manual,
	Requirement,
	Runbook,
	Section,
	When,
} from '../../source/core/runbook/model.ts';

/** Runbooks as values, as a reader would give them: ids, names and risks are settled, adjacent prose is one piece. */
export function runbookValues(): fc.Arbitrary<Runbook> {
	return fc
		.record({
			title: fc.oneof(titles, fc.constant('The title')),
			titled: fc.boolean(),
			inputs: fc.dictionary(fc.constantFrom('TICKET', 'SITE', 'A_1'), input, {maxKeys: 3}),
			require: fc.constantFrom<Requirement[][]>(
				[],
				[{kind: 'window' as const}],
				[{kind: 'gauge' as const, gauge: 'disk:/boot', below: 90}],
			),
			content: contents,
			sections: fc.array(sections(2), {minLength: 1, maxLength: 3}),
		})
		.map(parts => settled({declared: true, ...parts}));
}

const place = {line: 1, column: 1};

const titles = fc.oneof(
	fc.constantFrom(
		'Apply',
		'Apply',
		'A `code` title',
		'*starred* and _under_',
		'C #',
		'###',
		'[x](#y)',
		'a\\b',
		'&amp; <b>',
		'1. One',
		'- dash',
		'~~gone~~',
		'Trailing \\',
		'{#anchor}',
		'> quote',
		'| a |',
	),
	fc
		.string({unit: 'grapheme', minLength: 1, maxLength: 12})
		.map(plain)
		.filter(text => /\w/.test(text)),
);

/** On one line, without what a document cannot carry: control characters, blanks at the ends. */
function plain(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/[\p{Cc}\p{Z}\s\uFEFF\uFFFD]+/gu, ' ')
		.trim();
}

const texts = fc.oneof(
	fc.constantFrom(
		"it's",
		'say "x"',
		`both " and '`,
		'a --> b',
		'a > b',
		'}',
		'{ x }',
		'a=b,c',
		'x`y',
		'\\d+\\s',
		'^E: ',
		'a, b',
	),
	fc
		.string({minLength: 1, maxLength: 10})
		.map(plain)
		.filter(text => text !== ''),
);

const input = fc
	.record(
		{
			prompt: fc.string({minLength: 1}).map(text => `Which ${plain(text)}`),
			secret: fc.constant(false),
			default: texts,
			values: fc.constant(undefined),
		},
		{requiredKeys: ['prompt', 'secret']},
	)
	.map(({values: _, ...rest}) => rest);

const scriptLines = fc.array(
	fc.constantFrom(
		'echo one',
		'',
		'\techo tab',
		'  true',
		'```',
		'~~~~',
		'- [ ] x',
		'## x',
		'---',
		'<!-- x',
		'true  ',
		'echo "ü → 𝄞"',
		'> out',
		'# note',
		"it''s",
	),
	{maxLength: 4},
);
const scripts = fc.oneof(
	scriptLines.map(lines => ['true', ...lines].join('\n')),
	scriptLines.map(lines => ['', ...lines, 'true'].join('\n')),
	fc.constantFrom('cat <<EOF\n$ prompt\n> x\nEOF', 'echo "a\n$ b"', 'echo \\\n  two', 'cat <<-E | tee x\n```\nE\ntrue'),
);

const when = fc.constantFrom<When[]>(
	[],
	[],
	[{key: 'pm', not: false, values: ['apt', 'dnf']}],
	[{key: 'os', not: true, values: ['debian']}],
);

const command = fc
	.record({
		role: fc.constantFrom<CommandRole>('run', 'run', 'check', 'plan', 'undo', 'ready', 'available', 'example', 'gauge'),
		script: scripts,
		language: fc.constantFrom('sh', 'bash', 'zsh', 'ksh', 'dash', 'shell'),
		attributed: fc.boolean(),
		when,
		texts: fc.record(
			{
				match: fc.constantFrom('^E: ', 'a"b', 'it\'s "so"', 'x`y', 'a --> b'),
				loses: texts,
				cwd: texts,
				interpreter: texts,
			},
			{requiredKeys: []},
		),
		numbers: fc.record({timeout: seconds(), idle: seconds(), takes: seconds()}, {requiredKeys: []}),
		flags: fc.record({
			sudo: fc.boolean(),
			tty: fc.boolean(),
			durable: fc.boolean(),
			sensitive: fc.boolean(),
			once: fc.boolean(),
			errexit: fc.boolean(),
			undoAtEnd: fc.boolean(),
		}),
		codes: fc.constantFrom<number[][]>([0], [0, 100], [1]),
		on: fc.constantFrom<'host' | 'control'>('host', 'control'),
		retries: fc.nat({max: 3}),
	})
	.map(({role, script, language, attributed, when, texts, numbers, flags, codes, on, retries}): Command => {
		const base = {
			kind: 'command' as const,
			id: '',
			script,
			language,
			placeholders: [],
			rollback: [],
			closes: [],
			capture: undefined,
			place,
		};
		const defaults = {
			when: [],
			on: 'host' as const,
			expect: [0],
			warn: [],
			retries: 0,
			sudo: false,
			tty: false,
			durable: false,
			reboots: false,
			sensitive: false,
			once: false,
			errexit: true,
			undoAtEnd: false,
		};
		if (!attributed) return {...base, ...defaults, role: 'run', risk: 'changes', attributed};
		const risk = role === 'undo' ? 'disrupts' : role === 'run' || role === 'example' ? 'changes' : 'reads';
		const gauge = role === 'gauge' ? {gauge: {name: 'queue', unit: '', high: 3}} : {};
		return {
			...base,
			...defaults,
			...flags,
			...texts,
			...numbers,
			...gauge,
			when,
			expect: codes,
			on,
			retries,
			role,
			risk,
			attributed,
			undoAtEnd: flags.undoAtEnd && role !== 'undo',
		};
	});

function seconds() {
	return fc.integer({min: 1, max: 100_000}).map(count => count * 1000);
}

const manual = fc
	.record({
		text: fc.oneof(
			texts.map(text => text.trim()),
			fc.constantFrom('Tell `x` **now**', '[ ] twice', '# no heading', '- no list'),
		),
		when,
		once: fc.boolean(),
	})
	.map((parts): Manual => ({kind: 'manual', id: '', place, ...parts}));

const sample = fc
	.record({language: fc.constantFrom<string>('', 'json', 'text', 'c++', 'a`b'), text: scripts})
	.map(parts => ({kind: 'sample' as const, place, ...parts}));

const symptom = fc
	.record({
		patterns: fc.array(fc.constantFrom<string>('^E: ', ' leading', 'a`b', '~~~', '```', 'x|y'), {
			minLength: 1,
			maxLength: 3,
		}),
		when,
	})
	.map(parts => ({kind: 'symptom' as const, place, ...parts}));

const prose = fc
	.constantFrom(
		'Words.',
		'- a list\n- of two',
		'    indented code',
		'<!-- a comment -->',
		'> quoted\n> more',
		'---',
		'1. one',
		'| a |\n|---|\n| b |',
		'blank  \nlines\n\n\nbetween',
		'key: value',
		'* star\n  more',
	)
	.map(markdown => ({kind: 'prose' as const, markdown, place}));

const contents: fc.Arbitrary<Content[]> = fc
	.array(fc.oneof(prose, command, manual, sample, symptom), {maxLength: 5})
	.map(items => items.filter((item, index) => item.kind !== 'prose' || items[index - 1]?.kind !== 'prose'));

const attributes = fc.record(
	{
		takes: seconds(),
		loses: texts,
		role: fc.constantFrom<'rollback' | 'troubleshooting'>('rollback', 'troubleshooting'),
	},
	{requiredKeys: []},
);

function sections(depth: number): fc.Arbitrary<Section> {
	const inner = depth === 0 ? fc.constant<Section[]>([]) : fc.array(sections(depth - 1), {maxLength: 2});
	return fc
		.tuple(titles, when, contents, inner, attributes, fc.boolean())
		.map(([title, holds, content, nested, extra, isChoice]): Section => {
			const section = {id: '', title, when: holds, require: [], content, sections: nested, level: 2, place, ...extra};
			if (!isChoice || nested.length === 0 || nested.some(({title: text}) => slug(text) === '')) return section;
			const options = nested.map(({title: text}) => ({text, section: ''}));
			const choice: Choice = {kind: 'choice', id: '', when: [], options, place};
			return {
				...section,
				title: 'Which?',
				content: [...content.filter(({kind}) => kind === 'prose').slice(0, 1), choice],
			};
		});
}

/** Gives ids as a reader does, and lets risks and choices follow from the place. */
function settled(runbook: Runbook): Runbook {
	const slugger = new GithubSlugger();
	if (runbook.titled) slugger.slug(runbook.title);
	const content = settledContent(runbook.content, '', false, []);
	const visit = (section: Section, isInRollback: boolean): Section => {
		const id = slugger.slug(slug(section.title) === '' ? 'section' : section.title);
		const isRollback = section.role ? section.role === 'rollback' : isInRollback;
		const inner = section.sections.map(child => visit(child, isRollback));
		return {...section, id, content: settledContent(section.content, id, isRollback, inner), sections: inner};
	};
	return {...runbook, content, sections: runbook.sections.map(section => visit(section, false))};
}

function settledContent(content: Content[], section: string, isInRollback: boolean, inner: Section[]): Content[] {
	let number = 0;
	const id = () => `${section}/${++number}`;
	return content.map((item): Content => {
		if (item.kind === 'manual') return {...item, id: id()} satisfies Block;
		if (item.kind === 'choice')
			return {...item, id: id(), options: item.options.map((option, at) => ({...option, section: inner[at]!.id}))};
		if (item.kind !== 'command') return item;
		const gauge = item.gauge && {gauge: {...item.gauge, name: `${section}/queue-${number}`}};
		return {...item, ...gauge, id: id(), risk: item.role === 'run' && isInRollback ? 'disrupts' : item.risk};
	});
}
