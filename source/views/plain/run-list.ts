import type {RunSummary} from '../../core/run/run-summary.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** The runs as a table for people; what is wrong with a record stands under its line. */
export function runList(runs: RunSummary[]): string {
	if (runs.length === 0) return 'No runs yet. handrail run RUNBOOK -H HOST begins one.\n';
	const rows = [headings, ...runs.map(rowOf)];
	const widths = headings.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
	const lines = rows.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column]!))
			.join('  ')
			.trimEnd(),
	);
	return `${lines.flatMap((line, index) => [line, ...notesOf(runs[index - 1])]).join('\n')}\n`;
}

const headings = ['RUN', 'STATE', 'HOSTS', 'STARTED (UTC)', 'RUNBOOK'];

const rowOf = ({id, state, end, started, hosts, title, problem}: RunSummary): string[] =>
	[
		id,
		state === 'ended' && end ? end.replaceAll('-', ' ') : state,
		hosts.join(' ') || '-',
		started?.slice(0, 16).replace('T', ' ') ?? '-',
		title ?? (problem ? '-' : ''),
	].map(visibleLine);

function notesOf(run: RunSummary | undefined): string[] {
	const notes: string[] = [];
	if (run?.driven) {
		const {pid, login, host, since} = run.driven;
		notes.push(`driven by process ${pid} of ${login} on ${host}, since ${since}`);
	}
	if (run?.problem) notes.push(run.problem);
	return notes.map(note => `  ${visibleLine(note)}`);
}
