import type {CommandReport, OutputReport, RunReport} from '../../core/run/run-report.ts';
import {code, fence} from './markdown-text.ts';
import {causeWord, duration, shortPerson, statusWord, time} from './words.ts';

/** Every command exactly as it ran, with the end of its output. */
export function commandSection({commands}: RunReport): string[] {
	const all = commands.flatMap(command => ['', ...commandLines(command)]);
	return ['## Commands', ...(all.length > 0 ? all : ['', 'None was run.'])];
}

/** What was to be changed, as the last plan of each host has it. */
export function planSection({commands}: RunReport): string[] {
	const plans = commands.filter(({role, end}) => role === 'plan' && end === 'done');
	const last = plans.filter(({host, block}, at) =>
		plans.slice(at + 1).every(later => later.host !== host || later.block !== block),
	);
	if (last.length === 0) return [];
	const all = last.flatMap(({host, task, output}) => [
		'',
		`On ${code(host)}, by ${code(task)}:`,
		'',
		...outputLines(output),
	]);
	return ['## Planned', ...all];
}

function commandLines(command: CommandReport): string[] {
	const {task, block, host, attempt, risk, edited, started, milliseconds, by, output} = command;
	const facts = [
		`on ${code(host)}`,
		`${time(started)} UTC`,
		milliseconds !== null && `took ${duration(milliseconds)}`,
		Object.hasOwn(risks, risk) ? risk : code(risk),
		attempt > 1 && `attempt ${attempt}`,
		edited && '**edited**',
		by ? `confirmed by ${shortPerson(by)}` : 'ran by itself',
	].filter(Boolean);
	return [
		`### ${code(task)} ${code(block)}: ${endOf(command)}`,
		'',
		facts.join(', '),
		'',
		...(command.command === null ? ['The command is not in the record.'] : fence(command.command, 'sh')),
		'',
		...outputLines(output),
	];
}

const risks = {reads: true, changes: true, disrupts: true};

function endOf({end, exit, cause, reason}: CommandReport): string {
	const word = end === null ? 'not ended' : statusWord(end);
	const why = [
		exit !== null && `exit ${exit}`,
		cause !== null && cause !== 'exit' && causeWord(cause),
		reason !== null && code(reason),
	].filter(Boolean);
	return [word, ...why].join(', ');
}

function outputLines(output: OutputReport): string[] {
	if (!output.kept) return [`Output: ${notKept[output.why]}.`];
	const {bytes, lines, incomplete} = output;
	const notice = incomplete === null ? [] : [`The output could not be recorded in full: ${code(incomplete)}`, ''];
	if (bytes === 0) return [...notice, 'No output.'];
	const count = lines.length === 1 ? 'the last line' : `the last ${lines.length} lines`;
	return [...notice, `Output, ${count} of ${bytes} bytes:`, '', ...fence(lines.map(clipped).join('\n'), 'text')];
}

const notKept = {
	sensitive: 'not kept',
	'holds a secret': 'holds a secret, not exported',
	'not looked through': 'not exported, since nobody has looked yet whether it holds a secret',
	missing: '**missing from the record**',
};

/** Longer lines are cut; the whole output is in the run folder. */
const longest = 1000;
const clipped = (line: string): string => (line.length > longest ? `${line.slice(0, longest)} ... (cut)` : line);
