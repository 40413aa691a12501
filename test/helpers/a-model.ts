// What the screen shows of a run that is told by a test.
import type {Readings} from '../../source/core/gauges/gauge.ts';
import type {Context} from '../../source/views/ui/run/keys.ts';
import {hostShown, type Model, questionOf, type Size, taskShown} from '../../source/views/ui/run/model.ts';
import {initialUi, type UiState} from '../../source/views/ui/run/ui-state.ts';
import {type Options, type ToldRun, toldRun} from './told-run.ts';

const moment = Date.UTC(2026, 10, 22, 2, 0, 0);

export const readings: Readings = {
	cpu: {value: 43, unit: '%', state: 'ok', why: ''},
	'disk:/boot': {value: 88, unit: '%', state: 'high', why: ''},
	units: {value: undefined, unit: 'failed', state: 'unknown', why: 'no systemd'},
};

function modelOf(run: ToldRun, changes: Partial<Model> = {}): Model {
	const host = hostShown(run.state);
	return {
		state: run.state,
		host,
		question: questionOf(run.state),
		login: undefined,
		task: taskShown(host),
		output: undefined,
		viewed: undefined,
		silence: undefined,
		readings,
		history: [],
		sampled: moment,
		now: moment + 5000,
		began: moment - 600_000,
		lost: undefined,
		retry: undefined,
		remark: undefined,
		banner: undefined,
		stopped: undefined,
		mode: 'LIVE',
		run: {id: 'r', path: '/state/runs/r', head: 'f00 (event 1)'},
		...changes,
	};
}

export type ContextOptions = Options & {size?: Size; ui?: Partial<UiState>; model?: Partial<Model>; isAscii?: boolean};

/** Before a key, long after what is asked was drawn. */
export function contextOf(run: ToldRun, {size, ui, model, isAscii = false}: ContextOptions = {}): Context {
	return {
		model: modelOf(run, model),
		ui: {...initialUi, ...ui},
		size: size ?? {columns: 80, rows: 24},
		now: moment + 5000,
		isAscii,
	};
}

export const aContext = (markdown: string, options: ContextOptions = {}): Context =>
	contextOf(toldRun(markdown, options), options);
