import type {End} from '../../core/run/events.ts';
import type {DeviationReport, FailureReport, RunReport} from '../../core/run/run-report.ts';
import {findingWords} from '../../core/text/finding-words.ts';
import {code, fence} from './markdown-text.ts';
import {becauseWord, causeWord, endWord, person, shortPerson, statusWord, time} from './words.ts';

/** What was done otherwise than the document says: each with its reason, who and when. */
export function deviationSection({deviations, steps}: RunReport): string[] {
	const texts = new Map(steps.map(({block, kind, text}) => [block, kind === 'manual' ? text : null]));
	const items = deviations.flatMap((each, index) => [
		'',
		...deviationLines(each, index + 1, texts.get(each.block ?? '') ?? null),
	]);
	return [`## Deviations (${deviations.length})`, ...(items.length > 0 ? items : ['', 'None.'])];
}

function deviationLines(deviation: DeviationReport, number: number, item: string | null): string[] {
	const {at, host, kind, block, words, reason, by, difference} = deviation;
	const word = Object.hasOwn(kinds, kind) ? kinds[kind]! : 'Departed';
	const lines = [
		`### Deviation ${number}: ${word}${block === null ? '' : ` ${code(block)}`}`,
		'',
		...(block === null ? [`- What: ${code(words)}`] : []),
		...(item === null ? [] : [`- Item: ${code(item)}`]),
		`- Reason: ${code(reason)}`,
		`- Who: ${person(by)}`,
		`- When: ${time(at)} UTC${host === null ? '' : `, on ${code(host)}`}`,
	];
	if (!difference) return lines;
	return [
		...lines,
		'',
		'The command of the document, and what was run instead of it:',
		'',
		...fence(difference.join('\n'), 'diff'),
	];
}

const kinds: Record<string, string> = {
	skip: 'skipped',
	edit: 'edited the command of',
	settle: 'a person stated the end of',
	jump: 'jumped over undone steps',
	override: 'overrode a guard',
	'break-lock': 'broke a lock',
};

/** What failed, or nobody could say the end of, and what became of it. */
export function failureSection({failures, hosts}: RunReport): string[] {
	const endOf = (name: string) => hosts.find(host => host.name === name)?.end ?? null;
	const rows = failures.flatMap(each => [failureLine(each, endOf(each.host)), ...findingRows(each)]);
	return [`## Failures (${failures.length})`, '', ...(rows.length > 0 ? rows : ['None.'])];
}

const findingRows = ({findings}: FailureReport): string[] =>
	(findings ?? [])
		.map(findingWords)
		.flatMap(({text, isAlarm, lines}) => [
			`  - ${isAlarm ? '**!** ' : ''}${code(text)}`,
			...lines.map(line => `    - ${code(line)}`),
		]);

function failureLine(failure: FailureReport, hostEnd: End | null): string {
	const {at, host, block, section, task, end, exit, cause, reason, entries, became} = failure;
	const why = [
		exit !== null && `exit ${exit}`,
		cause !== null && cause !== 'exit' && causeWord(cause),
		reason !== null && code(reason),
		entries.length > 0 && `troubleshooting: ${entries.map(code).join(', ')}`,
	].filter(Boolean);
	const next = became
		? [
				`${statusWord(became.end)} at ${time(became.at)} UTC`,
				became.because ? becauseWord(became.because) : 'tried again',
				became.reason !== null && `reason ${code(became.reason)}`,
				became.by && `by ${shortPerson(became.by)}`,
			]
				.filter(Boolean)
				.join(', ')
		: hostEnd
			? `left so, the host ${endWord(hostEnd)}`
			: 'still so, the run is open';
	return `- ${time(at)} UTC, ${code(host)}: ${code(block)}${task === null ? '' : ` (${code(task)})`} in ${code(section)} **${end}**${why.length > 0 ? ` (${why.join(', ')})` : ''}. Then: ${next}.`;
}
