import type {HostState} from '../../../core/run/state.ts';
import {waitingWords} from '../../../core/run/waiting.ts';
import {obligations} from '../../../core/run/walk.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {fit, type Row} from '../../../core/text/row.ts';
import type {Context} from './keys.ts';
import type {Model} from './model.ts';

/** The line above the footer: why a key did nothing, else what is still to be undone. */
export function noticeRow({model, ui}: Context, width: number): Row {
	if (ui.message !== undefined)
		return [{text: fit(`! ${visibleLine(ui.message)}`, width), bold: true, colour: 'yellow'}];
	if (model.remark !== undefined) return [{text: fit(`! ${visibleLine(model.remark)}`, width), colour: 'yellow'}];
	const {task} = model;
	if (task?.phase === 'running' && task.unsent !== undefined)
		return [{text: fit(`! ${task.task} runs on: ${visibleLine(task.unsent)}`, width), bold: true, colour: 'yellow'}];
	if (model.silence && model.silence.waits !== 'nothing' && model.task?.phase === 'running') {
		const text = `${model.task.block}: ${waitingWords[model.silence.waits]}; i answers it`;
		return [{text: fit(text, width), bold: true, colour: 'yellow'}];
	}
	const owed = owedBy(model);
	if (owed.length === 0) return [];
	return [{text: fit(`${owed.length} open, to be undone before the end: ${owed.join(', ')}`, width), colour: 'yellow'}];
}

/** What nobody may overlook, under the header in every view. */
export function bannerRow(model: Model, width: number): Row | undefined {
	const text = bannerText(model);
	return text === undefined ? undefined : [{text: fit(text, width), bold: true, inverse: true, colour: 'red'}];
}

function bannerText({banner, lost, now, retry, task, host, state}: Model): string | undefined {
	if (banner !== undefined) return visibleLine(banner);
	if (lost === undefined || host.link || state.ended) return undefined;
	const since = new Date(lost).toTimeString().slice(0, 8);
	const next = retry === undefined ? 'trying now' : `next try in ${Math.max(1, Math.ceil((retry - now) / 1000))} s`;
	const runs = task?.phase === 'running' ? 'the command goes on there' : 'the run waits';
	return `CONNECTION LOST since ${since}; ${next}; ${runs}`;
}

const known = new WeakMap<HostState, string[]>();

function owedBy({state, host}: Model): string[] {
	const owed = known.get(host) ?? obligations(state, host).map(({item}) => item.id);
	known.set(host, owed);
	return owed;
}
