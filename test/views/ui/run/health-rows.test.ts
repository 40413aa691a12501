import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {GaugeState, Readings} from '../../../../source/core/gauges/gauge.ts';
import {rowText} from '../../../../source/core/text/row.ts';
import {healthRows} from '../../../../source/views/ui/run/health-rows.ts';
import {contextOf} from '../../../helpers/a-model.ts';
import {toldRun} from '../../../helpers/told-run.ts';

const share = (value: number, state: GaugeState = 'ok') => ({value, unit: '%', state, why: ''});
const now: Readings = {cpu: share(43), 'disk:/boot': share(88, 'high'), fill: share(71)};

function shown(values: number[], width: number, height = 4): string[] {
	const history = values.map((value, at) => ({at: at * 3000, readings: {...now, fill: share(value)}}));
	const {model} = contextOf(toldRun('# T\n'), {model: {readings: now, sampled: 0, now: 0, history}});
	return healthRows(model, width, height).map(row => rowText(row).trimEnd());
}

test('a gauge of the document stands first, with where it has been going', () => {
	assert.deepEqual(shown([20, 30, 40, 50, 60, 71], 60), [
		'Health                  now',
		'fill       [#######   ] 71 % +',
		'cpu        [####      ] 43 %',
		'/boot      [######### ] 88 %      HIGH',
	]);
	assert.equal(shown([90, 85, 80, 78, 75, 71], 60)[1], 'fill       [#######   ] 71 % -');
	assert.equal(shown([70, 71, 70, 71, 70, 71], 60)[1], 'fill       [#######   ] 71 %');
});

test('where there is no room for all, what is raised stays', () => {
	assert.deepEqual(shown([], 40, 2), ['Health     now', '/boot      88 %      HIGH']);
});
