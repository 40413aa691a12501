import type {EarlierTask} from '../../core/run/earlier.ts';
import type {Probed} from '../../core/run/probed.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {earlierWords, resumeWords} from '../../core/text/earlier-words.ts';
import {visibleLine} from '../../core/text/filter.ts';

/** Facts and gauges as two lists that fit in 80 columns: what does not stands on the next line. */
export function probeText(probed: Probed, now: Date): string {
	const {host, facts, gauges, tasks} = probed;
	const factRows = Object.entries(facts).map(([name, {value, at}]) => [name, age(at, now), value]);
	const gaugeRows = Object.entries(gauges).map(([name, {value, unit, state, why}]) => [
		name,
		value === null ? '-' : `${value} ${unit}`,
		state === 'high' || state === 'critical' ? state.toUpperCase() : state,
		why,
	]);
	return `${[
		...folded(`${visibleLine(host)}: ${transportText(probed)}`, columns),
		'',
		'Facts',
		...aligned(factRows),
		'',
		'Gauges',
		...aligned(gaugeRows),
		...(tasks.length > 0 ? ['', 'Tasks of earlier runs', ...tasks.flatMap(taskLines)] : []),
	].join('\n')}\n`;
}

/** How it is reached, and whether tasks outlive the connection there. */
export function transportText({kind, durable, transport}: Probed): string {
	const kept = durable.can
		? 'tasks outlive the connection'
		: `tasks do not outlive the connection (${visibleLine(durable.why)})`;
	const means = transport
		? ` by ${transport.name}, since ${visibleLine(transport.why)} (${visibleLine(transport.notes.join(', '))})`
		: '';
	return `${kinds[kind]}${means}; ${kept}`;
}

function taskLines(each: EarlierTask): string[] {
	const resume = resumeWords(each);
	const lines = [earlierWords(each), ...(resume ? [`go on with that run: ${resume}`] : [])];
	return lines.flatMap(line => folded(line, columns - 4).map((piece, at) => `${at === 0 ? '  ' : '    '}${piece}`));
}

const kinds: Record<Probed['kind'], string> = {
	local: 'this machine, without a connection',
	practice: 'practice, a simulated server',
	ssh: 'ssh',
};

const age = (at: string, now: Date): string => `${formatDuration(Math.max(0, now.getTime() - Date.parse(at)))} ago`;

const columns = 80;

/** Columns as wide as their cells, the last one folded under itself; a long name stands on a line of its own. */
function aligned(rows: string[][]): string[] {
	const cells = rows.map(row => row.map(visibleLine));
	const widthOf = (column: number) =>
		Math.max(1, ...cells.map(row => row[column]!.length).filter(width => width <= longestName));
	const widths = (cells[0] ?? []).map((_, column) => widthOf(column));
	return cells.flatMap(row => {
		const isLong = row[0]!.length > longestName;
		const left = row.slice(0, -1).map((cell, column) => (isLong && column === 0 ? '' : cell).padEnd(widths[column]!));
		const margin = `  ${left.join('  ')}  `;
		const [first = '', ...rest] = folded(row.at(-1)!, Math.max(20, columns - margin.length));
		const lines = [`${margin}${first}`.trimEnd(), ...rest.map(line => ' '.repeat(margin.length) + line)];
		return isLong ? [...folded(row[0]!, columns - 2).map(line => `  ${line}`), ...lines] : lines;
	});
}

const longestName = 16;

/** Broken at blanks; a word that is too long is cut in pieces. */
function folded(text: string, width: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		for (let at = 0; at < Math.max(1, word.length); at += width) {
			const piece = word.slice(at, at + width);
			const line = lines.at(-1)!;
			if (line === '') lines[lines.length - 1] = piece;
			else if (line.length + 1 + piece.length <= width) lines[lines.length - 1] = `${line} ${piece}`;
			else lines.push(piece);
		}
	}
	return lines;
}
