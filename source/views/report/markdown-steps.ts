import type {RunReport, StepReport} from '../../core/run/run-report.ts';
import {code, table} from './markdown-text.ts';
import {becauseWord, clock, duration, shortPerson, statusWord, time} from './words.ts';

/** Every step of each host, in the document's order; exit, start and duration are those of the last attempt. */
export function stepSection({hosts, steps, jumps}: RunReport): string[] {
	return hosts.flatMap(({name}, index) => {
		const own = steps.filter(({host}) => host === name);
		const rows = own.map((step, at) => rowOf(step, own[at - 1]?.section));
		const ways = jumps.filter(({host}) => host === name);
		const heading = hosts.length === 1 ? 'Steps' : `Steps on ${code(name)}`;
		return [
			...(index > 0 ? [''] : []),
			`## ${heading}`,
			'',
			...(rows.length > 0 ? table(headings, rows) : ['None.']),
			...(ways.length > 0 ? ['', 'Not in the order of the document:', ''] : []),
			...ways.map(({at, to, how, reason, by}) => {
				const why = [reason !== null && `reason ${code(reason)}`, by && `by ${shortPerson(by)}`].filter(Boolean);
				return `- ${time(at)} UTC: ${wayWords[how] ?? 'to'} ${code(to)}${why.length > 0 ? ` (${why.join(', ')})` : ''}`;
			}),
		];
	});
}

const headings = ['Section', 'Block', 'Status', 'Exit', 'Tries', 'Start (UTC)', 'Took', 'By'];

const wayWords: Partial<Record<string, string>> = {
	jump: 'jumped to',
	choice: 'chose',
	visit: 'visited',
	return: 'back to',
};

/** The section is named once for all of its blocks that stand together. */
function rowOf(step: StepReport, before: string | undefined): string[] {
	return [
		step.section === before ? '' : code(step.section),
		code(step.block),
		statusOf(step),
		step.exit === null ? '' : String(step.exit),
		step.attempts === 0 ? '' : String(step.attempts),
		clock(step.started ?? (step.by ? step.ended : null)),
		duration(step.milliseconds),
		step.by ? shortPerson(step.by) : step.attempts > 0 ? 'by itself' : '',
	];
}

function statusOf({status, because, reason, kind, text}: StepReport): string {
	if (kind === 'choice' && text !== null && status === 'done') return `chose ${code(text)}`;
	const why = [because && because !== 'when' && status !== 'todo' && kind !== 'manual' && becauseWord(because)];
	const words = [statusWord(status), ...why.filter(Boolean)].join(', ');
	return reason !== null && status !== 'todo' ? `${words}: ${code(reason)}` : words;
}

/** Manual items in full, with who confirmed each. */
export function manualSection({steps, hosts}: RunReport): string[] {
	const items = steps.filter(({kind, status}) => kind === 'manual' && status !== 'not-applicable');
	if (items.length === 0) return [];
	return [
		'## Manual items',
		'',
		...items.map(({host, block, text, status, reason, ended, by}) => {
			const where = hosts.length > 1 ? `${code(host)}: ` : '';
			const who = status === 'todo' ? '' : ` by ${shortPerson(by)}${ended === null ? '' : ` at ${time(ended)} UTC`}`;
			const word = status === 'done' && by ? 'confirmed' : statusWord(status);
			const why = reason === null ? '' : `, reason ${code(reason)}`;
			return `- ${where}${code(text || block)}: **${word}**${by ? who : ''}${why}`;
		}),
	];
}
