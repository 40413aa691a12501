import type {RebootState} from '../../../core/run/reboot.ts';
import type {HostState} from '../../../core/run/state.ts';
import {waitingWords} from '../../../core/run/waiting.ts';
import {obligations} from '../../../core/run/walk.ts';
import {formatClock, formatDuration} from '../../../core/text/duration.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {foreignReboot, newlyFailed, phaseWords, rebootedWords} from '../../../core/text/reboot-words.ts';
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
	const failed = model.host.rebooted && newlyFailed(model.host.rebooted);
	if (failed) return [{text: fit(`! ${failed}`, width), bold: true, colour: 'yellow'}];
	const owed = owedBy(model);
	if (owed.length === 0) return [];
	return [{text: fit(`${owed.length} open, to be undone before the end: ${owed.join(', ')}`, width), colour: 'yellow'}];
}

/** What nobody may overlook, under the header in every view. */
export function bannerRow(model: Model, width: number): Row | undefined {
	const text = bannerText(model);
	return text === undefined ? undefined : [{text: fit(text, width), bold: true, inverse: true, colour: 'red'}];
}

function bannerText({banner, login, lost, now, retry, task, host, state}: Model): string | undefined {
	if (banner !== undefined) return visibleLine(banner);
	if (state.ended) return undefined;
	if (host.reboot?.phase && !host.link) return rebootText(host.reboot, now, retry);
	if (host.rebooted && host.rebooted.task === undefined)
		return `${foreignReboot}: ${rebootedWords(host.rebooted)}; guards anew`;
	if (lost === undefined || host.link) return undefined;
	const since = clock(lost);
	const next = login ? 'answer the login' : nextWords(retry, now);
	const runs = task?.phase === 'running' ? 'the command goes on there' : 'the run waits';
	return `CONNECTION LOST since ${since}; ${next}; ${runs}`;
}

/** Since when it is away, in which phase; that it takes long. */
function rebootText({at, phase, late}: RebootState, now: number, retry: number | undefined): string {
	const long = late ? `, NOT BACK after ${formatDuration(late.after)}` : '';
	const since = formatClock(now - Date.parse(at));
	return `REBOOT, ${since}: ${phaseWords[phase!]}${long}; ${nextWords(retry, now)}`;
}

const nextWords = (retry: number | undefined, now: number): string =>
	retry === undefined ? 'trying now' : `next try in ${Math.max(1, Math.ceil((retry - now) / 1000))} s`;

const clock = (milliseconds: number): string => new Date(milliseconds).toTimeString().slice(0, 8);

const known = new WeakMap<HostState, string[]>();

function owedBy({state, host}: Model): string[] {
	const owed = known.get(host) ?? obligations(state, host).map(({item}) => shortName(item.id));
	known.set(host, owed);
	return owed;
}

/** A block by its name, where it has one: there is one line for all of them. */
const shortName = (id: string): string => (/\/\d+$/.test(id) ? id : id.slice(id.lastIndexOf('/') + 1));
