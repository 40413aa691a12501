// The first page as rows: exactly as many as the terminal has lines.
import {visibleLine} from '../../../core/text/filter.ts';
import {cut, fit, type Row, rowText, widthOf, wrap} from '../../../core/text/row.ts';
import {lineRow} from '../parts/line-row.ts';
import {type Entry, entriesOf, type Home, hostChoices} from './home.ts';
import type {HomeUi} from './press-home.ts';

export type HomePage = {home: Home; ui: HomeUi; version: string; columns: number; rows: number};

export function homeRows(page: HomePage): Row[] {
	const {ui, version, columns, rows} = page;
	if (columns < 40 || rows < 10) return filled([[{text: cut('too small: 40x10 at least', columns)}]], rows);
	const body = rows - 4;
	const head: Row = [{text: 'Handrail', bold: true}, {text: ` ${version}`}];
	const notice = noticeRow(page);
	const middle = ui.asking ? hostRows(page, ui.asking, body) : listRows(page, body);
	return filled([head, [], ...filled(middle, body), notice, footer(ui)], rows);
}

/** Why a key did nothing, else the chosen line in full where it was cut. */
function noticeRow({home, ui, columns}: HomePage): Row {
	if (ui.message !== undefined)
		return [{text: fit(`! ${visibleLine(ui.message)}`, columns), bold: true, colour: 'yellow'}];
	const entry = ui.asking ? undefined : entriesOf(home)[ui.index];
	if (!entry || rowText(entryRow(entry, true, columns)).includes(entry.words)) return [];
	return [{text: cut(entry.words, columns)}];
}

/** Groups with their lines, windowed around the chosen one. */
function listRows({home, ui, columns}: HomePage, height: number): Row[] {
	const entries = entriesOf(home);
	const rows: Row[] = [];
	let chosen = 0;
	for (const [at, entry] of entries.entries()) {
		if (entry.group !== entries[at - 1]?.group) {
			if (at > 0) rows.push([]);
			rows.push([{text: cut(entry.group, columns), bold: true}]);
		}
		if (at === ui.index) chosen = rows.length;
		rows.push(entryRow(entry, at === ui.index, columns));
	}
	if (home.runbooks === undefined || home.runs === undefined) rows.push([], [{text: 'Reading ...'}]);
	else if (entries.length === 0) rows.push(...emptyPage(columns));
	if (home.problem !== undefined)
		rows.push([], ...wrap(visibleLine(home.problem), columns).map((text): Row => [{text, colour: 'yellow'}]));
	const first = Math.max(0, Math.min(chosen - (height >> 1), rows.length - height));
	return rows.slice(first, first + height);
}

function entryRow({words, detail, isDisabled}: Entry, isChosen: boolean, columns: number): Row {
	const mark = `${isChosen ? '>' : ' '} `;
	const colour = isDisabled === undefined ? 'none' : 'yellow';
	const left = Math.min(Math.max(20, Math.floor(columns * 0.45)), columns - 4);
	const text = fit(words, left);
	return [{text: mark}, {text: fit(`${text}  ${detail}`, columns - 2), inverse: isChosen, colour}];
}

const emptyPage = (columns: number): Row[] =>
	[
		'There is no runbook in this folder.',
		'Any Markdown document with shell fences is one: handrail run DOCUMENT -H HOST walks it.',
	].flatMap(text => wrap(text, columns).map((line): Row => [{text: line}]));

/** A line to type a name, and under it what can be taken, windowed around the chosen one. */
function hostRows({home, columns}: HomePage, {runbook, index, name}: Asking, height: number): Row[] {
	const title: Row[] = wrap(`Where is ${visibleLine(runbook)} to be walked?`, columns).map(text => [
		{text, bold: true},
	]);
	const field: Row = [{text: 'Host: ', bold: true, colour: 'yellow'}, ...lineRow(name, columns - 8)];
	const choices = hostChoices(home, name.value.trim());
	const chosen = Math.max(0, Math.min(index, choices.length - 1));
	const words = hostNotes(home).flatMap(text => wrap(text, columns).map((line): Row => [{text: line}]));
	const room = Math.max(1, height - title.length - words.length - 4);
	const first = Math.max(0, Math.min(chosen - (room >> 1), choices.length - room));
	const width = Math.min(
		choices.reduce((most, {host}) => Math.max(most, widthOf(host) + 2), 14),
		columns >> 1,
	);
	const lines = choices.slice(first, first + room).map(({host, detail}, at): Row => {
		const isChosen = first + at === chosen;
		return [{text: fit(`${isChosen ? '>' : ' '} ${fit(host, width)}${detail}`, columns), inverse: isChosen}];
	});
	const last = Math.min(first + room, choices.length);
	const count = lines.length < choices.length ? [[{text: `  ${first + 1} to ${last} of ${choices.length}`}]] : [[]];
	return [...title, [], field, [], ...lines, ...count, ...words];
}

type Asking = NonNullable<HomeUi['asking']>;

function hostNotes({aliases}: Home): string[] {
	const problems = aliases?.problems.slice(0, 2).map(visibleLine) ?? [];
	const ways = 'Type an alias of ~/.ssh/config or [user@]name[:port], or choose one.';
	return [...problems, ways, 'It connects and looks; whatever changes the host asks first.'];
}

function footer({asking}: HomeUi): Row {
	const keys = asking
		? [
				['esc', 'back'],
				['enter', 'take it'],
				['up, down', 'choose'],
			]
		: [
				['q', 'leave'],
				['enter', 'open'],
				['up, down', 'choose'],
			];
	return keys.flatMap(([name, label]): Row => [{text: name!, bold: true}, {text: ` ${label}  `}]);
}

const filled = (rows: Row[], height: number): Row[] =>
	Array.from({length: Math.max(0, height)}, (_, at) => rows[at] ?? []);
