import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {layoutOf} from '../../../../source/views/ui/run/layout.ts';

const size = fc.record({columns: fc.integer({min: 40, max: 300}), rows: fc.integer({min: 10, max: 100})});
const lines = fc.integer({min: 0, max: 200});
const wants = fc.record({
	banner: fc.boolean(),
	step: lines,
	question: lines,
	output: lines,
	gauges: fc.integer({min: 0, max: 30}),
	isBusy: fc.boolean(),
});

test('the panes fill the body exactly, whatever they want', () => {
	fc.assert(
		fc.property(size, wants, (given, wanted) => {
			const layout = layoutOf(given, wanted);
			const {banner, body, step, question, output, health, healthWidth, main, sections, isSingle} = layout;
			assert.equal(banner + body + 3, given.rows);
			assert.equal(isSingle ? main : sections + 1 + main, given.columns);
			const isBeside = healthWidth < main && health > 0;
			const rule = output > 0 ? 1 : 0;
			assert.equal(1 + step + question + rule + output + (isBeside || isSingle ? 0 : health), body);
			for (const each of Object.values(layout)) assert.ok(Number(each) >= 0);
			if (isBeside) assert.ok(health <= output);
		}),
		{numRuns: 2000},
	);
});

test('what is asked and a part of the step always have a place', () => {
	fc.assert(
		fc.property(size, wants, (given, wanted) => {
			const {question, step} = layoutOf(given, wanted);
			assert.ok(step >= 1);
			assert.ok(wanted.question === 0 || question >= 1);
		}),
	);
});

test('panes by the size of the screen', () => {
	const wanted = {banner: false, step: 10, question: 2, output: 20, gauges: 4, isBusy: false};
	const cases: [columns: number, rows: number, isSingle: boolean, isBeside: boolean][] = [
		[80, 24, false, false],
		[80, 23, false, false],
		[60, 20, true, false],
		[80, 19, true, false],
		[120, 40, false, false],
		[200, 60, false, true],
	];
	for (const [columns, rows, isSingle, isBeside] of cases) {
		const layout = layoutOf({columns, rows}, wanted);
		assert.equal(layout.isSingle, isSingle, `${columns}x${rows}`);
		assert.equal(layout.healthWidth > 0 && layout.healthWidth < layout.main, isBeside, `${columns}x${rows}`);
	}
});

test('the output has more room while something runs than while something is asked', () => {
	const wanted = {banner: false, step: 50, question: 1, output: 50, gauges: 4};
	const size = {columns: 80, rows: 24};
	assert.ok(layoutOf(size, {...wanted, isBusy: true}).output > layoutOf(size, {...wanted, isBusy: false}).output);
});
