import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Context} from '../../../../source/views/ui/run/keys.ts';
import {press} from '../../../../source/views/ui/run/press.ts';
import {submit} from '../../../../source/views/ui/run/submit.ts';
import {type ContextOptions, contextOf} from '../../../helpers/a-model.ts';
import {exits, toldRun, vanishes} from '../../../helpers/told-run.ts';

const document = `# T
## A
- [ ] told
### How?
- [Fast](#fast)
- [Other](#other)
#### Fast
\`\`\`sh {ready}
can-fast
\`\`\`
\`\`\`sh {name=look risk=reads}
look
\`\`\`
\`\`\`sh {name=change}
change
\`\`\`
\`\`\`sh {name=disrupt risk=disrupts}
disrupt
\`\`\`
\`\`\`sh {name=needs risk=reads}
needs <this>
\`\`\`
#### Other
\`\`\`sh {ready}
can-other
\`\`\`
\`\`\`sh {name=other when="os=plan9"}
other
\`\`\`
## Rollback
### Back
\`\`\`sh {available}
can-go-back
\`\`\`
\`\`\`sh {name=back}
back
\`\`\`
## Troubleshooting
### Entry
\`\`\`text {symptom}
oops
\`\`\`
`;

const at = (asked: string, options: ContextOptions = {}): Context =>
	contextOf(toldRun(document, {world: {outcomes: {change: exits(1)}}, ...options}).untilAsked(asked), options);

/** What a key leads to, in a few words. */
function says(context: Context, ...keys: string[]): string {
	let pressed = press(context, keys[0]!);
	for (const key of keys.slice(1)) pressed = press({...context, ui: pressed.ui, now: context.now + 1000}, key);
	const {ui, next} = pressed;
	if (next?.do === 'tell') return `tell ${next.intent.type}`;
	if (next) return next.do;
	if (ui.message !== undefined) return `! ${ui.message}`;
	const {overlay} = ui;
	if (overlay?.kind === 'dialog') return `dialog ${overlay.needs}`;
	if (overlay?.kind === 'field') return `field ${overlay.next.for}`;
	return overlay ? overlay.kind : `cursor ${ui.cursor}`;
}

test('each key does one thing, or says why not', () => {
	const cases: [asked: string, keys: string[], expected: string][] = [
		['manual a/1', ['y'], 'tell confirm-manual'],
		['manual a/1', ['return'], '! enter (run): y confirms what is done by hand'],
		['manual a/1', ['s'], 'field skip'],
		['manual a/1', ['r'], '! r (retry): nothing failed'],
		['manual a/1', ['1'], '! 1 (choose): nothing to choose here'],
		['choice how/1', ['1'], 'tell choose'],
		['choice how/1', ['3'], '! there are 2 options'],
		['choice how/1', ['return'], 'tell choose'],
		['confirm fast/look', ['return'], 'tell run'],
		['confirm fast/look', ['y'], '! y (done): nothing here is confirmed with y'],
		['confirm fast/change', ['return'], 'dialog y'],
		['confirm fast/change', ['return', 'y'], 'tell run'],
		['confirm fast/change', ['return', 'escape'], 'cursor undefined'],
		['confirm fast/change', ['return', 'x'], '! y confirms, esc closes'],
		['confirm fast/change', ['e'], 'edit'],
		['confirm fast/change', ['x'], '! x (cancel): nothing is running'],
		['confirm fast/change', ['w'], '! w (wait): nothing is overdue'],
		['confirm fast/change', ['tab'], '! tab (pane): all panes are shown'],
		[
			'confirm fast/change',
			['down', 'return'],
			'! enter (run): another section is shown: esc comes back, g goes there',
		],
		['confirm fast/change', ['down', 'g'], 'field jump'],
		['confirm fast/change', ['g'], '! g (go there): move the cursor with up and down first'],
		['confirm fast/change', ['ü'], '! ü does nothing here; ? shows all keys'],
		['failure fast/change', ['r'], 'dialog y'],
		['failure fast/change', ['t'], 'menu'],
		['failure fast/change', ['b'], 'menu'],
		['failure fast/change', ['b', 'return'], 'tell visit'],
		['failure fast/change', ['u'], '! u (undo): the document has no undo for it'],
		['failure fast/change', ['o'], 'output'],
		['confirm fast/disrupt', ['return'], 'dialog name'],
		['confirm fast/disrupt', ['return', 'w', 'return'], '! that is not web1'],
		['confirm fast/disrupt', ['return', ...'web1', 'return'], 'tell run'],
		['confirm fast/disrupt', ['return', ...'web2', 'backspace', '1', 'return'], 'tell run'],
		['confirm fast/disrupt', ['return', 'y'], 'dialog name'],
		['confirm fast/needs', ['return'], 'edit'],
		['manual a/1', ['q'], 'dialog y'],
		['manual a/1', ['q', 'y'], 'leave'],
		['manual a/1', ['interrupt'], 'dialog y'],
		['manual a/1', ['q', 'interrupt'], 'cursor undefined'],
		['manual a/1', ['A'], 'field abort'],
		['manual a/1', ['m'], 'field note'],
		['manual a/1', ['backspace'], '! backspace (back): no section is being visited'],
	];
	for (const [asked, keys, expected] of cases) assert.equal(says(at(asked), ...keys), expected, `${asked}: ${keys}`);
});

test('for half a second what was just drawn takes no confirmation', () => {
	for (const [asked, key] of [
		['manual a/1', 'y'],
		['choice how/1', '1'],
	] as const) {
		const context = at(asked);
		const fresh = {...context, ui: {...context.ui, since: context.now - 499}};
		assert.match(says(fresh, key), /^! it was only just drawn/);
		assert.match(says({...fresh, now: fresh.now + 1}, key), /^tell /);
	}
	const context = at('confirm fast/change');
	const opened = press(context, 'return').ui;
	for (const key of ['y', 'n', 'q']) {
		assert.deepEqual(press({...context, ui: opened, now: context.now + 499}, key).ui.overlay, opened.overlay);
	}
});

test('a dialog that does not fit is read to its end before it can be confirmed', () => {
	const script = Array.from({length: 100}, (_, line) => `echo ${line}`).join('\n');
	const run = toldRun(`# T\n## A\n\`\`\`sh {name=long}\n${script}\n\`\`\`\n`);
	for (const size of [
		{columns: 80, rows: 24},
		{columns: 40, rows: 10},
		{columns: 200, rows: 60},
	]) {
		let context = contextOf(run, {size});
		context = {...context, ui: press(context, 'return').ui, now: context.now + 1000};
		assert.match(says(context, 'y'), /scroll through all of it first/);
		let count = 0;
		while (says(context, 'y') !== 'tell run') {
			context = {...context, ui: press(context, ' ').ui};
			assert.ok(++count < 60, 'the end is never reached');
		}
		assert.ok(count > 0);
	}
});

test('an option of which the document says that it cannot be done is asked for once more', () => {
	const context = at('choice how/1', {world: {answers: {'can-fast': 'no', 'can-other': 'no'}}});
	assert.equal(says(context, '2'), 'dialog y');
	assert.equal(says(context, '2', 'y'), 'tell choose');
});

test('a way back that is not available cannot be taken', () => {
	const context = at('failure fast/change', {
		world: {outcomes: {change: exits(1)}, answers: {'can-go-back': 'no'}},
	});
	assert.match(says(context, 'b', 'return'), /^! it is not available/);
});

test('where nothing has failed the ways back open while they are asked', () => {
	const context = at('manual a/1');
	const {ui, next} = press(context, 'b');
	assert.deepEqual(next, {do: 'tell', intent: {type: 'ask-ways'}});
	assert.equal(ui.overlay?.kind, 'menu');
});

test('what nobody knows is looked at again, or stated with a reason', () => {
	const context = at('unknown fast/change', {world: {outcomes: {change: vanishes()}}});
	assert.equal(says(context, 'l'), 'tell look');
	assert.equal(says(context, 'k'), 'dialog nothing');
	assert.equal(says(context, 'k', 'y'), '! esc closes');
	assert.equal(says(context, 'k', 'escape'), 'cursor undefined');
	assert.equal(says(context, 'd'), 'field settle');
	assert.equal(says(context, 'f'), 'field settle');
	assert.match(says(context, 'b'), /^! b \(rollback\): fast\/change is not settled/);
});

test('on a small screen a key leads from pane to pane, and esc back to the step', () => {
	const context = at('manual a/1', {size: {columns: 60, rows: 20}});
	const seen = [];
	let {ui} = context;
	for (let count = 0; count < 4; count++) {
		ui = press({...context, ui}, 'tab').ui;
		seen.push(ui.pane);
	}
	assert.deepEqual(seen, ['sections', 'output', 'health', 'step']);
	assert.equal(press({...context, ui: {...ui, pane: 'health'}}, 'escape').ui.pane, 'step');
});

test('what a field is given leads to what was asked for; without a reason to nothing', () => {
	const context = at('manual a/1');
	const told = (purpose: Parameters<typeof submit>[1], text: string) => submit(context, purpose, text).next;
	assert.deepEqual(told({for: 'skip', block: 'a/1'}, ' later '), {
		do: 'tell',
		intent: {type: 'skip', block: 'a/1', reason: 'later'},
	});
	assert.equal(told({for: 'skip', block: 'a/1'}, '  '), undefined);
	assert.equal(told({for: 'abort'}, ''), undefined);
	assert.deepEqual(told({for: 'jump', section: 'fast'}, ''), {do: 'tell', intent: {type: 'go', section: 'fast'}});
	assert.deepEqual(told({for: 'input', name: 'X'}, ' kept '), {
		do: 'tell',
		intent: {type: 'give-input', name: 'X', value: ' kept '},
	});
	assert.equal(told({for: 'secret', name: 'X'}, 'never here'), undefined);
});

test('while the connection is lost, keys that need the host say so, and the others do what they do', () => {
	const run = toldRun(document, {world: {outcomes: {change: 'hangs'}}}).untilAsked('confirm fast/change');
	run.does({type: 'run', block: 'fast/change', confirmed: 'y'});
	run.observe({type: 'link-lost', why: 'cut'});
	const context = contextOf(run, {model: {lost: 1}});
	for (const key of ['return', 'y', '1', 'r', 'w', 'l', 'e', 'u', 'x']) {
		assert.match(says(context, key), /: the connection is lost: it is tried again by itself$/, key);
	}
	assert.equal(says(context, 'm'), 'field note');
	assert.equal(says(context, 'o'), 'output');
	assert.equal(says(context, 'q'), 'dialog y');
	assert.equal(says(context, '?'), 'help');
});
