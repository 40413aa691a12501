// What is asked now, in one to a few rows under the step.
import {endsWithConnection} from '../../../core/run/durability.ts';
import type {Finding} from '../../../core/run/finding.ts';
import type {Question} from '../../../core/run/question.ts';
import type {RebootState} from '../../../core/run/reboot.ts';
import {isTryingSudo} from '../../../core/run/sudo.ts';
import {waitingWords} from '../../../core/run/waiting.ts';
import {indexOf} from '../../../core/runbook/outline.ts';
import {earlierWords, resumeWords} from '../../../core/text/earlier-words.ts';
import {visible, visibleLine} from '../../../core/text/filter.ts';
import {findingWords} from '../../../core/text/finding-words.ts';
import {lateHints, lateWords} from '../../../core/text/late-words.ts';
import {phaseHints, phaseWords} from '../../../core/text/reboot-words.ts';
import {fit, type Look, type Row, wrap} from '../../../core/text/row.ts';
import {causeWords, endWords, sudoHint} from '../../../core/text/words.ts';
import {choiceLines} from './choice-lines.ts';
import type {Model} from './model.ts';

/** In at most so many lines; the last one, which says what to press, is always among them. */
export function questionRows(model: Model, width: number, most: number): Row[] {
	const rows = linesOf(model).flatMap(([text, look, lines]) =>
		wrapTo(text, width, lines).map((line): Row => [{text: line, ...look}]),
	);
	if (rows.length <= most) return rows;
	return [
		...rows.slice(0, Math.max(0, most - 2)),
		[{text: `  ... ${rows.length - most + 1} lines more`}],
		rows.at(-1)!,
	].slice(-most);
}

function wrapTo(text: string, width: number, most = Number.POSITIVE_INFINITY): string[] {
	const lines = wrap(text, width, '  ');
	if (lines.length <= most) return lines;
	const [first, ...rest] = lines.slice(most - 1);
	const last = [first, ...rest.map(line => line.trimStart())].join(' ');
	return [...lines.slice(0, most - 1), fit(last, width).trimEnd()];
}

function linesOf(model: Model): Line[] {
	const {question, state, host, stopped} = model;
	if (stopped !== undefined && !state.ended)
		return [
			[visibleLine(stopped), alarm],
			['q leaves; the run stays open.', ask],
		];
	if (question) return (asked[question.kind] as (question: Question, model: Model) => Line[])(question, model);
	if (state.ended) return [[`The run ${endedWords[state.ended]}. q leaves, o shows the output.`, ask]];
	if (host.reboot?.phase) return [[rebootingWords(host.reboot), {}]];
	if (!host.link) return [[model.lost === undefined ? 'Connecting ...' : 'Connecting again ...', {}]];
	if (isTryingSudo(host)) return [['sudo tries the password ...', {}]];
	if (host.request) return [['Asking the guards ...', {}]];
	if (model.task?.phase === 'running') return [];
	if (host.ending) return [['Ending: the last sample, the lock given back ...', {}]];
	return [];
}

const rebootingWords = ({phase}: RebootState): string =>
	`Rebooting: ${[phaseWords[phase!], phaseHints[phase!]].filter(Boolean).join('; ')} ...`;

const endedWords = {...endWords, completed: 'is completed', 'completed-with-failures': 'is completed, with failures'};

/** `lines`: as many as it may take at most. */
export type Line = [text: string, look: Look, lines?: number];
type Of<K extends Question['kind']> = Extract<Question, {kind: K}>;

const ask: Look = {bold: true, colour: 'yellow'};
const alarm: Look = {bold: true, colour: 'red'};

const asked: {[K in Question['kind']]: (question: Of<K>, model: Model) => Line[]} = {
	trust: ({commands}) => [
		[`The document runs ${commands.length} commands by itself, which only read.`, {}],
		['Enter shows them, y agrees there.', ask],
	],
	identity: ({host, was, is}) => [
		[`${host} called itself ${visibleLine(was.ownName)}, now ${visibleLine(is.ownName)}: the same machine?`, alarm],
		['Enter asks.', ask],
	],
	fact: ({key, host}) => [[`What is ${key} of ${host}? Enter to answer.`, ask]],
	input: ({name, input, sudo}) => [
		...(sudo ? [[sudoHint(sudo.tries), sudo.tries > 0 ? alarm : {}] as Line] : []),
		[`${visibleLine(input.prompt)}${sudo ? '' : ` (${name})`} Enter to answer.`, ask],
	],
	confirm: ({needs, placeholders, block, again}, {host}) => {
		if (placeholders.length > 0) return [[`Needs an edit first: ${placeholders.join(', ')}. Enter edits it.`, ask]];
		const how = {
			enter: 'Enter runs it: it only reads.',
			y: 'Enter asks, then y runs it: it changes the host.',
			name: "Enter asks for the host's name: it DISRUPTS.",
		};
		const closes = block.closes.length > 0 ? `After it there is no ${block.closes.join(', ')}. ` : '';
		const loses = block.loses === undefined ? '' : `It loses ${visibleLine(block.loses)}. `;
		const ends = endsWithConnection(host, block);
		const stays = ends === undefined ? '' : `It would end with the connection: ${visibleLine(ends)}. `;
		const warned = `${again ? 'It ran before. ' : ''}${stays}${closes}${loses}`;
		// It stands elsewhere in the document than where the walk is.
		const owed: Line[] = block.role === 'undo' ? [[`To be undone now: ${block.id}`, {}]] : [];
		return [...owed, ...(warned ? [[warned, alarm] as Line] : []), [how[needs], ask]];
	},
	manual: () => [['By hand: y when it is done, s skips it.', ask]],
	choice: (question, {state}) => [
		...choiceLines(question, state.runbook),
		[question.default === undefined ? 'Choose by number.' : 'Choose by number; Enter takes the recommended one.', ask],
	],
	failure: ({entries, ways, block}, {host, state}) => {
		const {cause, exit, reason} = host.blocks[block.id] ?? {};
		const why = [
			exit !== undefined && `exit ${exit}`,
			cause && cause !== 'exit' && causeWords[cause],
			reason && visible(reason),
		]
			.filter(Boolean)
			.join(', ');
		const title = (id: string) => visibleLine(indexOf(state.runbook).sections.get(id)?.section.title ?? id);
		const open = ways.filter(({answer}) => answer === 'yes');
		return [
			[`FAILED ${block.id}${why && ` (${why})`}`, alarm],
			...(entries.length > 0
				? [[`t  its output matches: ${entries.map(title).join(', ')}`, {bold: true}] as Line]
				: []),
			...open
				.slice(0, 2)
				.map((way): Line => [`b  ${visibleLine(way.title)}: ${visibleLine(way.evidence || 'available')}`, {}]),
			...(ways.length > 0 && open.length === 0
				? [[`b  ${ways.length} ways back, none is known to be available`, {}] as Line]
				: []),
			[
				`r retry   e edit   s skip   o output${entries.length > 0 ? '   t trouble' : ''}${ways.length > 0 ? '   b back' : ''}`,
				ask,
			],
		];
	},
	unknown: ({block, task}) => [
		[`UNKNOWN: nobody can say how ${block.id} ended`, alarm],
		...(task.report?.is === 'lost' && task.report.alive ? [['Processes of it are still at work.', alarm] as Line] : []),
		['Nothing else may change this host until it is settled.', {}],
		...findingRows(task.findings),
		['l look again   d it was done   f it was not   k what is known', ask],
	],
	overdue: ({which, block, task}) => [
		[
			`${block.id} ${which === 'idle' ? 'has been silent for long' : 'takes longer than expected'}; ${task.silent ? `${waitingWords[task.silent.waits]}.` : 'it runs on.'}`,
			alarm,
		],
		['w wait   o look   i answer   x cancel', ask],
	],
	reboot: asked => [
		[`${asked.block.id}: ${lateWords(asked)}`, alarm],
		...lateHints(asked).map((hint): Line => [hint, {}]),
		['w wait on   f give up   o output', ask],
	],
	refused: ({guards, block}) => [
		[`REFUSED: ${block.id} was not started`, alarm],
		...guards.map(({guard, evidence}): Line => [`${guard}: ${visibleLine(evidence)}`, {}]),
		['r again   v override with a reason   s skip', ask],
	],
	earlier: ({tasks}) => [
		['Tasks of earlier runs are on this host; it may still be changed by them:', alarm],
		...tasks.flatMap((each): Line[] => {
			const resume = resumeWords(each);
			return [[earlierWords(each), {}], ...(resume ? [[`  go on with that run: ${resume}`, {}] as Line] : [])];
		}),
		['Enter: what becomes of them, before the first change.', ask],
	],
	next: () => [['All done here. Enter goes on.', ask]],
};

/** What speaks for something left half done or at work stands first: room is scarce. */
function findingRows(findings: Finding[] | undefined): Line[] {
	if (!findings) return [['Looking at what can be seen on the host ...', {}]];
	const known = findings.filter(({is}) => is !== 'output').map(findingWords);
	return [...known.filter(({isAlarm}) => isAlarm), ...known.filter(({isAlarm}) => !isAlarm)].map(
		({text, isAlarm}): Line => [text, isAlarm ? alarm : {}],
	);
}
