import {Box, Text} from 'ink';
import type {Row} from '../../../core/text/row.ts';
import {fit} from '../../../core/text/row.ts';
import {Pane} from '../parts/pane.tsx';
import {footerRow} from './footer-row.ts';
import {headerRow} from './header-row.ts';
import {healthRows} from './health-rows.ts';
import type {Context} from './keys.ts';
import {type Layout, layoutOf} from './layout.ts';
import {noticeRow} from './notice-row.ts';
import {outputRows} from './output-rows.ts';
import {dialogRows, fieldRows, helpRows, menuRows} from './overlay-rows.ts';
import {questionRows} from './question-rows.ts';
import {sectionsRows} from './sections-rows.ts';
import {sectionsShown} from './sections-shown.ts';
import {stepRows} from './step-rows.ts';

export type FrameProps = {context: Context; isAscii: boolean; hide(text: string): string};

/** The whole screen of a run, never a line taller than the terminal. */
export function RunFrame({context, isAscii, hide}: FrameProps) {
	const {model, ui, size} = context;
	const {columns, rows} = size;
	if (columns < 40 || rows < 10) return <Text>{fit('too small: 40x10 at least', columns)}</Text>;
	const header = [headerRow(model, columns)];
	const footer = [footerRow(context, columns)];
	if (ui.overlay?.kind === 'output') {
		const lines = outputRows(model.output, ui.overlay.top, rows - 2, columns, hide);
		return (
			<Box flexDirection="column" width={columns} height={rows}>
				<Pane rows={lines} width={columns} height={rows - 2} />
				<Pane rows={[noticeRow(context, columns), footer[0]!]} width={columns} height={2} />
			</Box>
		);
	}
	const question = ui.overlay ? [] : questionRows(model, mainWidth(columns));
	const layout = layoutOf(size, Math.min(question.length, Math.floor(rows / 2)), 6);
	return (
		<Box flexDirection="column" width={columns} height={rows}>
			<Pane rows={header} width={columns} height={1} />
			<Box height={layout.body}>
				{layout.sections > 0 && (
					<>
						<Pane
							rows={sectionsRows(sectionsShown(model, ui.cursor), ui.cursor, layout.sections, layout.body, isAscii)}
							width={layout.sections}
							height={layout.body}
						/>
						<Pane rows={[]} width={1} height={layout.body} />
					</>
				)}
				<Pane rows={mainRows({context, isAscii, hide}, layout, question)} width={layout.main} height={layout.body} />
			</Box>
			<Pane rows={[noticeRow(context, columns)]} width={columns} height={1} />
			<Pane rows={footer} width={columns} height={1} />
		</Box>
	);
}

const mainWidth = (columns: number): number => layoutOf({columns, rows: 24}, 0, 0).main;

/** Title, step, question, output, health; an overlay takes the place of all but the title. */
function mainRows({context, isAscii, hide}: FrameProps, layout: Layout, question: Row[]): Row[] {
	const {model, ui, size, now} = context;
	const {main: width, body} = layout;
	const title = titleRow(context, width);
	switch (ui.overlay?.kind) {
		case 'dialog':
			return [title, [], ...dialogRows(ui.overlay, width, size.rows, now)];
		case 'field':
			return [title, [], ...fieldRows(ui.overlay, width)];
		case 'menu':
			return [title, [], ...menuRows(ui.overlay, width, body - 2)];
		case 'help': {
			const lines = helpRows(context, width);
			const top = Math.min(ui.overlay.top, Math.max(0, lines.length - body));
			return lines.slice(top, top + body);
		}
		default:
	}
	const step = stepRows(model, width, isAscii, ui.cursor);
	const top =
		ui.top ?? (ui.cursor === undefined ? Math.max(0, Math.min(step.here - 2, step.rows.length - layout.step)) : 0);
	const shown = step.rows.slice(Math.min(top, Math.max(0, step.rows.length - 1)), top + layout.step);
	const more = step.rows.length > top + layout.step ? ' (more: space)' : '';
	return [
		title,
		...shown,
		...blank(layout.step - shown.length),
		...question,
		[
			{
				text: fit(`--- ${model.task ? `output of ${model.task.block}` : 'no output yet'} ${more}`, width).replaceAll(
					/ (?= +$)/g,
					'-',
				),
			},
		],
		...bottom(outputRows(model.output, undefined, layout.output, width, hide), layout.output),
		...healthRows(model.readings, model.host.baseline, width, layout.health),
	];
}

function titleRow({model, ui}: Context, width: number): Row {
	const id = ui.cursor ?? model.host.at;
	const shown = sectionsShown(model, ui.cursor).find(({section}) => section.id === id);
	const title = shown ? shown.section.title : id;
	const where = ui.cursor === undefined ? '' : 'cursor: ';
	return [{text: fit(`${where}${title}`, width), bold: true}];
}

const blank = (count: number): Row[] => Array.from({length: Math.max(0, count)}, () => []);
const bottom = (rows: Row[], height: number): Row[] => [...rows, ...blank(height - rows.length)];
