import assert from 'node:assert/strict';
import {test} from 'node:test';
import {OutputScreen} from '../../../../source/core/text/output-screen.ts';
import {type Row, rowText} from '../../../../source/core/text/row.ts';
import {lastRows, marked, searchOutput, windowRows} from '../../../../source/views/ui/run/output-rows.ts';

async function outputOf(lines: string[], columns = 40): Promise<OutputScreen> {
	const output = new OutputScreen(columns);
	output.push(Buffer.from(`${lines.join('\n')}\n`));
	await output.draw();
	return output;
}

const texts = (rows: Row[]): string[] => rows.map(row => rowText(row).trimEnd());
const view = {top: undefined, search: '', filter: ''};

test('the last lines are shown whole, in whatever width there is', async () => {
	const output = await outputOf(['first', 'a'.repeat(50), 'last']);
	assert.deepEqual(texts(lastRows(output, 3, 30)), ['a'.repeat(30), 'a'.repeat(20), 'last']);
	assert.deepEqual(texts(lastRows(output, 9, 60)), ['first', 'a'.repeat(50), 'last']);
	assert.deepEqual(lastRows(undefined, 3, 30), []);
});

test('a window follows the end, or stands where it was put', async () => {
	const output = await outputOf(['1', '2', '3', '4', '5']);
	assert.deepEqual(texts(windowRows(output, view, 2, 20)), ['4', '5']);
	assert.deepEqual(texts(windowRows(output, {...view, top: 1}, 2, 20)), ['2', '3']);
	assert.deepEqual(texts(windowRows(output, {...view, top: 4}, 3, 20)), ['5']);
});

test('a filter keeps what stands around its lines, and says what it left out', async () => {
	const output = await outputOf(['a', 'b', 'c', 'X', 'd', 'e', 'f', 'g', 'h', 'i', 'X', 'j']);
	assert.deepEqual(texts(windowRows(output, {...view, filter: 'x', top: 0}, 20, 20)), [
		...['b', 'c', 'X', 'd', 'e'],
		'--',
		...['h', 'i', 'X', 'j'],
	]);
	assert.deepEqual(texts(windowRows(output, {...view, filter: 'nothing'}, 20, 20)), []);
});

test('a search goes up and down, and heeds case only where capitals were written', async () => {
	const output = await outputOf(['Error one', 'fine', 'error two', 'fine', 'ERROR three']);
	const cases: [search: string, from: number, step: 1 | -1, expected: number | undefined][] = [
		['error', 5, -1, 4],
		['error', 4, -1, 2],
		['error', 0, 1, 2],
		['ERROR', 5, -1, 4],
		['ERROR', 4, -1, undefined],
		['', 0, 1, undefined],
	];
	for (const [search, from, step, expected] of cases) {
		assert.equal(searchOutput(output, {...view, search}, from, step), expected, `${search} from ${from}`);
	}
});

test('every occurrence is marked, across what is coloured', () => {
	const row: Row = [{text: 'an er', colour: 'red'}, {text: 'ror, an error'}];
	const hits = marked(row, 'error').filter(span => span.inverse);
	assert.equal(rowText(hits), 'errorerror');
	assert.equal(rowText(marked(row, 'error')), rowText(row));
	assert.equal(hits[0]!.colour, 'red');
	assert.deepEqual(marked(row, 'none'), row);
});
