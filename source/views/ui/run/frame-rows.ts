// The whole screen as data: exactly as many rows as the terminal has lines, none wider than it.
import {formatClock} from '../../../core/text/duration.ts';
import {cut, fit, fitRow, type Row, rowWidth, widthOf} from '../../../core/text/row.ts';
import {dialogView} from './dialog-view.ts';
import {footerRow} from './footer-row.ts';
import {headerRow} from './header-row.ts';
import {gaugesShown, healthRows} from './health-rows.ts';
import {interactionRows} from './interaction-rows.ts';
import type {Context} from './keys.ts';
import {type Layout, layoutOf} from './layout.ts';
import {loginRows, waitingRows} from './login-rows.ts';
import {withAnswers} from './menus.ts';
import {bannerRow, noticeRow} from './notice-row.ts';
import {lastRows, linesShown, windowRows} from './output-rows.ts';
import {fieldRows, helpRows, menuRows} from './overlay-rows.ts';
import {questionRows} from './question-rows.ts';
import {sectionsRows} from './sections-rows.ts';
import {type StepRows, stepRows} from './step-rows.ts';
import {summaryRows} from './summary-rows.ts';
import {titleRow} from './title-row.ts';
import type {Help, OutputView} from './ui-state.ts';

export function frameRows(context: Context): Row[] {
	const {model, size} = context;
	const {columns, rows} = size;
	if (columns < 40 || rows < 10) return filled([[{text: cut('too small: 40x10 at least', columns)}]], rows);
	if (context.ui.overlay?.kind === 'interaction') return filled(interactionRows(context), rows);
	const banner = bannerRow(model, columns);
	const body = Math.max(1, rows - 3 - (banner ? 1 : 0));
	const frame = [
		headerRow(model, columns),
		...(banner ? [banner] : []),
		...filled(bodyRows(context, body), body),
		noticeRow(context, columns),
		footerRow(context, columns),
	];
	return filled(frame, rows).map(row => (rowWidth(row) > columns ? fitRow(row, columns) : row));
}

/** Lines for what is between the header and the two last lines. */
export function bodyHeight({model, size}: Context): number {
	return Math.max(1, size.rows - 3 - (bannerRow(model, size.columns) ? 1 : 0));
}

function bodyRows(context: Context, body: number): Row[] {
	const {ui, size, now} = context;
	switch (ui.overlay?.kind) {
		case 'dialog':
			return dialogView(ui.overlay, size.columns, body, now).rows;
		case 'login':
			return loginRows(ui.overlay, size.columns, body, now);
		case 'waiting':
			return waitingRows(ui.overlay, size.columns, body);
		case 'help':
			return helpWindow(context, ui.overlay, body);
		case 'output':
			return outputPage(context, ui.overlay, body);
		default:
			return panesRows(context);
	}
}

function helpWindow(context: Context, help: Help, height: number): Row[] {
	const lines = helpRows(context, context.size.columns);
	const top = Math.min(help.top, Math.max(0, lines.length - height));
	return lines.slice(top, top + height);
}

function outputPage({model, size}: Context, view: OutputView, body: number): Row[] {
	const output = model.viewed;
	const height = body - 1;
	const all = output ? linesShown(output, view.filter).length : 0;
	const first = view.top ?? Math.max(0, all - height);
	const block = model.host.tasks[view.task]?.block ?? view.task;
	const where = all === 0 ? 'nothing printed' : `lines ${first + 1}-${Math.min(all, first + height)} of ${all}`;
	const how = view.top === undefined ? 'at the end' : 'standing still (G: to the end)';
	const what = [view.filter && `only "${view.filter}"`, view.search && `search "${view.search}"`].filter(Boolean);
	const text = `-- ${block}: ${[where, ...what, how].join(', ')} `;
	return [
		...filled(windowRows(output, view, height, size.columns), height),
		[{text: fit(text, size.columns), bold: true}],
	];
}

type Panes = {layout: Layout; step: StepRows; asked: Row[]};

function panesOf(context: Context): Panes {
	const {model, ui, size, isAscii} = context;
	const hasBanner = bannerRow(model, size.columns) !== undefined;
	const probe = layoutOf(size, {banner: hasBanner, step: 0, question: 0, output: 0, gauges: 0, isBusy: false});
	const step: StepRows =
		model.state.ended && ui.cursor === undefined
			? {rows: summaryRows(model, probe.main), here: 0, end: 0}
			: stepRows(model, probe.main, isAscii, ui.cursor);
	const asked = askedRows(context, probe.main, Math.max(1, probe.body - 3));
	const layout = layoutOf(size, {
		banner: hasBanner,
		step: step.rows.length,
		question: asked.length,
		output: model.task ? Math.max(3, model.output?.length ?? 0) : 0,
		gauges: Math.min(8, gaugesShown(model.readings).length || 1),
		isBusy: isBusy(context),
	});
	return {layout, step, asked};
}

function panesRows(context: Context): Row[] {
	const panes = panesOf(context);
	const {layout} = panes;
	if (layout.isSingle) return singleRows(context, panes);
	const main = mainRows(context, panes);
	const sections = sectionsRows(context, layout.sections, layout.body);
	return Array.from({length: layout.body}, (_, at) => [
		...fitRow(sections[at] ?? [], layout.sections),
		{text: ' '},
		...(main[at] ?? []),
	]);
}

function isBusy({model: {question, task, state}}: Context): boolean {
	if (state.ended) return false;
	if (question) return ['failure', 'unknown', 'overdue', 'reboot'].includes(question.kind);
	return task?.phase === 'running';
}

/** A field or a menu stands where the question stands: what it is about stays in view. */
function askedRows({model, ui}: Context, width: number, most: number): Row[] {
	if (ui.overlay?.kind === 'field') return fieldRows(ui.overlay, width).slice(0, most);
	if (ui.overlay?.kind === 'menu') return menuRows(withAnswers(ui.overlay, model), width, Math.min(most, 12));
	return questionRows(model, width, most);
}

function mainRows(context: Context, {layout, step, asked}: Panes): Row[] {
	const {model, size} = context;
	const {main} = layout;
	const isBeside = layout.healthWidth > 0 && layout.healthWidth < main;
	const width = isBeside ? main - layout.healthWidth - 1 : main;
	const output = filled(lastRows(model.output, layout.output, width), layout.output);
	const health = healthRows(model, isBeside ? layout.healthWidth : main, layout.health);
	const below = isBeside
		? output.map((row, at) => [...fitRow(row, width), {text: ' '}, ...(health[at] ?? [])])
		: [...output, ...health];
	return [
		titleRow(context, main, false),
		...stepWindow(context, step, layout.step),
		...asked,
		...(layout.output > 0 ? [ruleRow(context, main)] : []),
		...below,
	].slice(0, Math.max(1, size.rows));
}

function singleRows(context: Context, {layout, step, asked}: Panes): Row[] {
	const {model, ui} = context;
	const height = layout.step;
	const pane = {
		step: () => stepWindow(context, step, height),
		sections: () => sectionsRows(context, layout.main, height),
		output: () => lastRows(model.output, height, layout.main),
		health: () => healthRows(model, layout.main, height),
	}[ui.pane]();
	return [titleRow(context, layout.main, true), ...filled(pane, height), ...asked];
}

/** The part of the step where something is to be done, or to which it was scrolled. */
function stepWindow(context: Context, step: StepRows, height: number): Row[] {
	const {rows} = step;
	const {top, room} = stepScroll(context, step, height);
	const shown = filled(rows.slice(top, top + room), room);
	if (room === height) return shown;
	const ways = [top > 0 && 'page up', top + room < rows.length && 'space'].filter(Boolean).join(', ');
	return [
		...shown,
		[{text: `-- lines ${top + 1}-${Math.min(rows.length, top + room)} of ${rows.length}: ${ways}`, bold: true}],
	];
}

/** Which line of the step stands first, of how many that are shown; where not all fit, a line says so. */
function stepScroll({ui}: Context, {rows, here, end}: StepRows, height: number): Scroll {
	if (rows.length <= height) return {top: 0, room: height, last: 0};
	const room = Math.max(1, height - 1);
	const last = rows.length - room;
	// All of what is to be done, with as much of what stands before it as there is room for.
	const usual = Math.min(Math.max(0, here - 1), Math.max(0, end - room));
	return {top: Math.min(last, ui.top ?? (ui.cursor === undefined ? usual : 0)), room, last};
}

export type Scroll = {top: number; room: number; last: number};

/** Where the text of the step stands now, for a key that moves it. */
export function scrollOf(context: Context): Scroll {
	const {layout, step} = panesOf(context);
	return stepScroll(context, step, layout.step);
}

function ruleRow({model, isAscii}: Context, width: number): Row {
	const line = isAscii ? '-' : '─';
	const {task} = model;
	const words = task ? ` output of ${task.block} ` : ' no output yet ';
	const running = task?.phase === 'running' ? ` running ${formatClock(model.now - Date.parse(task.at))} ` : '';
	const left = cut(`${line.repeat(2)}${words}`, Math.max(0, width - running.length - 2));
	const between = line.repeat(Math.max(0, width - widthOf(left) - running.length - 2));
	return [{text: left + between}, {text: running, bold: true}, {text: line.repeat(2)}];
}

const filled = (rows: Row[], height: number): Row[] =>
	Array.from({length: Math.max(0, height)}, (_, at) => rows[at] ?? []);
