import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {rowText, rowWidth} from '../../../../source/core/text/row.ts';
import {overlayOf} from '../../../../source/views/ui/run/dialogs.ts';
import {footerRow} from '../../../../source/views/ui/run/footer-row.ts';
import {frameRows} from '../../../../source/views/ui/run/frame-rows.ts';
import {press} from '../../../../source/views/ui/run/press.ts';
import {aContext, contextOf} from '../../../helpers/a-model.ts';
import {exits, toldRun} from '../../../helpers/told-run.ts';

const document = `# 日本のサーバー
## Prepare the 🙂 thing with a title that is far too long for any list of sections that there is
Prose with a [link](#x), **bold**, \`code\`.

| a | b |
|---|---|
| 1 | ${'long '.repeat(40)} |

- [ ] ${'A manual item that goes on. '.repeat(10)}

\`\`\`sh {name=look risk=reads}
echo ${'x'.repeat(300)}
\`\`\`
### How?
- [Fast](#fast)
- [Slow](#slow)
#### Fast
\`\`\`sh {name=fast}
fast
\`\`\`
#### Slow
\`\`\`sh {name=slow risk=disrupts}
slow
\`\`\`
## Rollback
\`\`\`sh {name=back}
back
\`\`\`
## Troubleshooting
### Entry
\`\`\`text {symptom}
oops
\`\`\`
`;

const sizes = fc.record({columns: fc.integer({min: 1, max: 220}), rows: fc.integer({min: 1, max: 80})});
const names = 'return escape up down pageUp pageDown tab backspace left right home end interrupt'.split(' ');
const anyKeys = fc.array(fc.constantFrom(...'yrsetbomgAq?xwldfuv19/nNGc& ', ...names, '日'), {maxLength: 12});

const runs = {
	begun: () => toldRun(document),
	untrusted: () => toldRun('# T\n## A\n```sh {check}\ncheck\n```\n', {trusted: false}),
	chosen: () => toldRun(document).untilAsked('choice how/1'),
	failed: () => toldRun(document, {world: {outcomes: {fast: exits(1)}}}).untilAsked('failure fast/fast'),
	several: () => toldRun(document, {hosts: ['web1', 'web2']}),
	ended: () => toldRun('# T\n## A\n```sh {risk=reads}\na\n```\n').untilAsked('completed'),
};

for (const [name, make] of Object.entries(runs)) {
	test(`after any keys the screen of a run that is ${name} has exactly its size`, () => {
		const run = make();
		fc.assert(
			fc.property(sizes, anyKeys, fc.boolean(), fc.boolean(), (size, keys, isAscii, hasBanner) => {
				const model = hasBanner ? {banner: 'NOT RECORDED: the disk is full. 日本'.repeat(5)} : {};
				let context = contextOf(run, {size, isAscii, model});
				context = {...context, ui: {...context.ui, overlay: overlayOf(context.model, 0)}};
				for (const key of keys) context = {...context, ui: press(context, key).ui};
				const rows = frameRows(context);
				assert.equal(rows.length, size.rows);
				for (const row of rows) assert.ok(rowWidth(row) <= size.columns, JSON.stringify(rowText(row)));
			}),
			{numRuns: 150},
		);
	});
}

test('LIVE or PRACTICE is on every view', () => {
	const context = aContext(document, {model: {mode: 'PRACTICE'}});
	for (const key of ['', '?', 'm', 'b', 't', 'q', 'A', 's', 'down']) {
		const ui = key ? press(context, key).ui : context.ui;
		for (const [columns, rows] of screens) {
			const page = frameRows({...context, ui, size: {columns, rows}}).map(rowText);
			assert.ok(
				page.some(line => line.includes('PRACTICE')),
				`${key} at ${columns}x${rows}`,
			);
		}
	}
});

const screens = [
	[80, 24],
	[120, 40],
	[60, 20],
	[40, 10],
	[72, 20],
	[200, 60],
] as const;

test('at every width help and leave are in the footer', () => {
	for (const make of Object.values(runs)) {
		const run = make();
		for (let columns = 40; columns <= 200; columns += 7) {
			const line = rowText(footerRow(contextOf(run, {size: {columns, rows: 24}}), columns));
			assert.match(line, /\? help {2}q leave/);
			assert.ok(line.length <= columns, `${line.length} cells of ${columns}`);
		}
	}
});

test('at every size the line that says what to press is on the screen', () => {
	const cases: [keyof typeof runs, RegExp][] = [
		['chosen', /Choose by number/],
		['failed', /r retry/],
		['ended', /q leaves/],
	];
	for (const [name, line] of cases) {
		const run = runs[name]();
		for (const [columns, rows] of screens) {
			const page = frameRows(contextOf(run, {size: {columns, rows}}))
				.map(rowText)
				.join('\n');
			assert.match(page, line, `${name} at ${columns}x${rows}`);
		}
	}
});

test('what is to be done is in view, though much text stands before it', () => {
	const before = 'A paragraph of it.\n\n'.repeat(80);
	const run = toldRun(`# T\n## A\n${before}\n\`\`\`sh {name=now}\nthe-command\n\`\`\`\n${before}`);
	for (const [columns, rows] of screens) {
		const page = frameRows(contextOf(run, {size: {columns, rows}}))
			.map(rowText)
			.join('\n');
		assert.match(page, /the-command/, `${columns}x${rows}`);
	}
});

test('a record that cannot be written, a lost connection, and what is owed are said', () => {
	const run = toldRun(
		'# T\n## A\n```sh {name=quiet undo=at-end}\nquiet\n```\n```sh {undo}\nloud\n```\n```sh {name=more}\nmore\n```\n',
	).untilAsked('confirm a/more');
	const page = (model: object) => frameRows(contextOf(run, {model})).map(rowText).join('\n');
	assert.match(page({banner: 'NOT RECORDED: the disk is full'}), /NOT RECORDED: the disk is full/);
	assert.match(page({}), /1 open, to be undone before the end: quiet/);
	run.observe({type: 'link-lost', why: 'cut'});
	const lost = Date.UTC(2026, 10, 22, 1, 59, 0);
	assert.match(page({lost}), /CONNECTION LOST since \d\d:59:00; trying now; the run waits/);
	const retry = Date.UTC(2026, 10, 22, 2, 0, 12);
	assert.match(page({lost, retry}), /CONNECTION LOST since \d\d:59:00; next try in 7 s; the run waits/);
});
