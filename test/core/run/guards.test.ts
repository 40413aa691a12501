import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Options, toldRun} from '../../helpers/told-run.ts';

const owner = {owner: 'ada@jump', run: 'other', since: '2026-11-01T00:00:00Z'};
const runIt = {type: 'run', block: 'step/it', confirmed: 'name'} as const;
const step = (attributes = '', require = '') =>
	`# T\n## Step\n${require && `<!-- handrail require="${require}" -->\n`}~~~sh {name=it ${attributes}}\nit\n~~~\n~~~sh {name=then ${attributes}}\nthen\n~~~\n`;
const front = (require: string, rest: string) => `---\nhandrail: 1\nrequire: "${require}"\n---\n${rest}`;

const full = {'disk:/boot': {value: 95, unit: '%', state: 'critical', why: ''}} as const;
const free = {'disk:/boot': {value: 40, unit: '%', state: 'ok', why: ''}} as const;

const way = '## Rollback\n~~~sh {ready}\nready\n~~~\n~~~sh {available}\navailable\n~~~\n~~~sh {name=back}\nback\n~~~\n';
const twoWays =
	'## Rollback\n### One\n~~~sh {ready}\nready-1\n~~~\n~~~sh\none\n~~~\n### Two\n~~~sh {ready}\nready-2\n~~~\n~~~sh\ntwo\n~~~\n### Three\n~~~sh\nthree\n~~~\n';

/** What a guard says of a step, and in what words. */
const rows: [title: string, markdown: string, world: Options['world'], guards: string[]][] = [
	['a gauge below its limit lets a change pass', step('', '/boot<90'), {readings: free}, []],
	['a gauge above its limit holds a change up', step('', '/boot<90'), {readings: full}, ['disk:/boot']],
	['a gauge that cannot be read holds a change up', step('', '/boot<90'), {readings: {}}, ['disk:/boot']],
	['a gauge that is unchanged lets a change pass', step('', '/boot=unchanged'), {readings: full}, []],
	['a window that is open lets a change pass', step('', 'window'), {}, []],
	['a window that is closed holds a change up', step('', 'window'), {closed: ['window']}, ['window']],
	['promotion holds a change up', step('', 'promotion'), {closed: ['promotion']}, ['promotion']],
	[
		'every guard that refuses is named',
		step('', 'window promotion'),
		{closed: ['window', 'promotion']},
		['window', 'promotion'],
	],
	['what the document requires holds in all of it', front('window', step()), {closed: ['window']}, ['window']],
	['what is not required is not asked for', step(), {closed: ['window', 'promotion']}, []],
	['a way back that is ready lets a change pass', step('', 'rollback') + way, {}, []],
	[
		'a way back that is not ready holds a change up',
		step('', 'rollback') + way,
		{answers: {ready: 'no'}},
		['rollback'],
	],
	[
		'a way back of which nobody knows whether it is ready holds a change up',
		step('', 'rollback') + way,
		{answers: {ready: 'unknown'}},
		['rollback'],
	],
	['one way back of several is enough', step('', 'rollback') + twoWays, {answers: {'ready-1': 'no'}}, []],
	[
		'a way back that does not say whether it is ready does not count',
		step('', 'rollback') + twoWays,
		{answers: {'ready-1': 'no', 'ready-2': 'no'}},
		['rollback'],
	],
	['without any way back a change is held up', step('', 'rollback'), {}, ['rollback']],
	[
		'a way back with a placeholder in its question is not asked and not ready',
		`${step('', 'rollback')}## Rollback\n~~~sh {ready}\ntest -e <snapshot>\n~~~\n~~~sh\nback\n~~~\n`,
		{},
		['rollback'],
	],
];

for (const [title, markdown, world, guards] of rows) {
	test(title, () => {
		const run = toldRun(markdown, {world});
		run.does(runIt);
		const asked = run.question;
		assert.deepEqual(asked?.kind === 'refused' ? asked.guards.map(({guard}) => guard) : [], guards);
		assert.deepEqual(run.started, guards.length > 0 ? [] : ['it']);
		assert.deepEqual(
			run.of('request.refused').flatMap(event => event.guards.map(({guard}) => guard)),
			guards,
		);
	});
}

test('the lock comes before everything else that is found out about a change', () => {
	const run = toldRun(step('', 'window'), {world: {owner, closed: ['window']}});
	run.does(runIt);
	assert.equal(run.asked, 'refused step/it');
	assert.deepEqual(run.of('request.refused')[0]!.guards, [
		{guard: 'lock', holds: false, evidence: 'ada@jump with run other since 2026-11-01T00:00:00Z'},
	]);
	assert.deepEqual(run.of('sampled'), []);
});

test('of a lock whose owner said nothing of a run, no run is named', () => {
	const run = toldRun(step(), {world: {owner: {...owner, run: ''}}});
	run.does(runIt);
	assert.equal(run.of('request.refused')[0]!.guards[0]!.evidence, 'ada@jump since 2026-11-01T00:00:00Z');
});

test('a lock that another holds is broken with a reason, which is a deviation, and never overridden', () => {
	const run = toldRun(step(), {world: {owner}});
	run.does(runIt);
	assert.deepEqual(run.tell({type: 'override', guard: 'lock', reason: 'now'}), {
		code: 'cannot-override',
		guard: 'lock',
	});
	assert.deepEqual(run.tell({type: 'override', guard: 'identity', reason: 'now'}), {
		code: 'cannot-override',
		guard: 'identity',
	});
	assert.deepEqual(run.tell({type: 'break-lock', reason: ' '}), {code: 'needs-reason'});
	run.does({type: 'break-lock', reason: 'ada went home'}, runIt);
	assert.deepEqual(run.started, ['it']);
	assert.deepEqual(run.of('deviation')[0], {
		host: 'web1',
		type: 'deviation',
		about: {kind: 'break-lock', owner},
		reason: 'ada went home',
	});
	assert.deepEqual(run.of('lock.broken')[0]?.owner, owner);
	assert.equal(run.host.locked, true);
});

test('the lock is taken before the first change, kept, and given back at the end', () => {
	const run = toldRun(`# T\n## Look\n~~~sh {name=see risk=reads}\nsee\n~~~\n${step().slice(4)}`);
	run.does({type: 'run', block: 'look/see', confirmed: 'enter'});
	assert.deepEqual(run.of('lock.taken'), []);
	run.does(runIt, {type: 'run', block: 'step/then', confirmed: 'y'});
	assert.equal(run.asked, 'completed');
	assert.equal(run.of('lock.taken').length, 1);
	assert.equal(run.of('lock.released').length, 1);
});

test('a requirement is judged before the first change only, again after a resume, and before each that disrupts', () => {
	const judged = (attributes: string, isResumed: boolean) => {
		const run = toldRun(step(attributes, 'window'));
		run.does(runIt);
		if (isResumed) run.resume();
		run.does({type: 'run', block: 'step/then', confirmed: 'name'});
		return run.of('judged').filter(({guard, holds}) => guard === 'window' && holds).length;
	};
	const once = judged('', false);
	assert.ok(once > 0);
	assert.equal(judged('', true), 2 * once);
	assert.equal(judged('risk=disrupts', false), 2 * once);
});

test('the requirement of a section holds for what lies in it, and not for what lies beside it', () => {
	const markdown =
		'# T\n## Outer\n<!-- handrail require="window" -->\n### Inner\n~~~sh {name=it}\nit\n~~~\n## Beside\n~~~sh {name=it}\nbeside\n~~~\n';
	const run = toldRun(markdown, {world: {closed: ['window']}});
	run.does({type: 'run', block: 'inner/it', confirmed: 'y'});
	assert.equal(run.asked, 'refused inner/it');
	run.does({type: 'skip', block: 'inner/it', reason: 'not in the window'});
	assert.equal(run.asked, 'confirm beside/it');
	run.does({type: 'run', block: 'beside/it', confirmed: 'y'});
	assert.equal(run.asked, 'completed');
});

test('the requirement of a second section is judged though the first has passed', () => {
	const section = (name: string, require: string) =>
		`## ${name}\n<!-- handrail require="${require}" -->\n~~~sh {name=it}\n${name}\n~~~\n`;
	const run = toldRun(`# T\n${section('One', 'window')}${section('Two', 'promotion')}`, {
		world: {closed: ['promotion']},
	});
	run.does({type: 'run', block: 'one/it', confirmed: 'y'}, {type: 'run', block: 'two/it', confirmed: 'y'});
	assert.equal(run.asked, 'refused two/it');
});

test('an override lets the change pass as a deviation with what the guard had said', () => {
	const run = toldRun(step('', '/boot<90'), {world: {readings: full}});
	run.does(runIt);
	assert.deepEqual(run.tell({type: 'override', guard: '/boot', reason: ''}), {code: 'needs-reason'});
	run.does({type: 'override', guard: '/boot', reason: 'the kernel is not touched'}, runIt);
	assert.deepEqual(run.started, ['it']);
	const [deviation] = run.of('deviation');
	assert.equal(deviation?.reason, 'the kernel is not touched');
	assert.ok(deviation?.about.kind === 'override' && deviation.about.evidence.includes('95 %'));
	assert.deepEqual(
		run.of('judged').map(({guard, holds, overridden}) => ({guard, holds, overridden})),
		[
			{guard: 'disk:/boot', holds: false, overridden: undefined},
			{guard: 'disk:/boot', holds: false, overridden: 'the kernel is not touched'},
		],
	);
});

test('an override holds for its session only', () => {
	const run = toldRun(step('', 'window'), {world: {closed: ['window']}});
	run.does({type: 'override', guard: 'window', reason: 'emergency'}, runIt);
	run.resume();
	run.does({type: 'run', block: 'step/then', confirmed: 'y'});
	assert.equal(run.asked, 'refused step/then');
});

const broken = {outcomes: {it: {report: {is: 'ended' as const, exit: 1, bytes: 0}}}, closed: ['window' as const]};
const ways = `# T\n## Step\n~~~sh {name=it}\nit\n~~~\n~~~sh {undo}\nundo-it\n~~~\n${way}## Troubleshooting\n### Broken\n~~~sh {name=mend}\nmend\n~~~\n`;

/** What leads out of trouble is not held up by the window, which is shown and recorded. */
const exempt: [title: string, go: (run: ReturnType<typeof toldRun>) => void, started: string][] = [
	[
		'a rollback',
		run => run.does({type: 'visit', section: 'rollback'}, {type: 'run', block: 'rollback/back', confirmed: 'name'}),
		'back',
	],
	['an undo', run => run.does({type: 'undo', block: 'step/it', confirmed: 'name'}), 'undo-it'],
	[
		'a repair',
		run => run.does({type: 'visit', section: 'broken'}, {type: 'run', block: 'broken/mend', confirmed: 'y'}),
		'mend',
	],
];

for (const [title, go, started] of exempt) {
	test(`${title} is not held up by a closed window, which is recorded all the same`, () => {
		const run = toldRun(front('window', ways), {world: broken});
		run.does({type: 'override', guard: 'window', reason: 'for the start'}, runIt);
		run.resume();
		go(run);
		assert.equal(run.started.at(-1), started);
		assert.deepEqual(
			run.of('judged').filter(({exempt: isExempt}) => isExempt),
			[{host: 'web1', type: 'judged', guard: 'window', holds: false, evidence: 'the table', exempt: true}],
		);
	});
}

test('a lock that another holds keeps a way back from being walked too', () => {
	const run = toldRun(ways, {world: broken});
	run.does(runIt);
	run.resume();
	run.world = {owner};
	run.does({type: 'visit', section: 'rollback'}, {type: 'run', block: 'rollback/back', confirmed: 'name'});
	assert.equal(run.asked, 'refused rollback/back');
});

test('after a refusal the operator can skip, go elsewhere, abort, or try again', () => {
	const refused = () => {
		const run = toldRun(front('window', ways), {world: {closed: ['window']}});
		run.does(runIt);
		assert.equal(run.asked, 'refused step/it');
		return run;
	};
	assert.equal(refused().does({type: 'skip', block: 'step/it', reason: 'later'}).asked, 'completed');
	assert.equal(refused().does({type: 'visit', section: 'broken'}).asked, 'confirm broken/mend');
	assert.equal(refused().does({type: 'abort', reason: 'later'}).asked, 'aborted');
	const again = refused();
	again.world = {};
	assert.equal(again.does(runIt).asked, 'completed');
});

test('an abort while the guards are still being asked starts nothing any more', () => {
	const run = toldRun(step('', 'window'), {world: {deaf: ['judge']}});
	run.does(runIt, {type: 'abort', reason: 'not tonight'});
	run.world = {};
	run.walk();
	assert.equal(run.asked, 'aborted');
	assert.deepEqual(run.started, []);
	assert.equal(run.of('request.dropped').length, 1);
});

test('a lock that is got after its request was dropped is given back in the end', () => {
	const run = toldRun(step(), {world: {deaf: ['lock']}});
	run.does(runIt, {type: 'skip', block: 'step/it', reason: 'too slow'});
	assert.equal(run.observe({type: 'lock', answer: {taken: true, since: 'now'}}), undefined);
	run.does({type: 'abort', reason: 'not tonight'});
	assert.equal(run.asked, 'aborted');
	assert.equal(run.of('lock.released').length, 1);
});

test('while the guards are asked the walk goes nowhere', () => {
	const run = toldRun(ways, {world: broken});
	run.does(runIt, {type: 'visit', section: 'broken'});
	run.world = {deaf: ['sample', 'lock', 'judge']};
	run.resume();
	run.does({type: 'run', block: 'broken/mend', confirmed: 'y'});
	assert.equal(run.host.request?.block, 'broken/mend');
	for (const intent of [
		{type: 'back'},
		{type: 'next'},
		{type: 'visit', section: 'rollback'},
		{type: 'go', section: 'step', reason: 'x'},
		{type: 'run', block: 'broken/mend', confirmed: 'y'},
	] as const) {
		assert.deepEqual(run.tell(intent), {code: 'not-now'}, intent.type);
	}
});

test('what is a change by its edit alone goes by the guards too', () => {
	const run = toldRun(step('risk=reads', 'window'), {world: {closed: ['window']}});
	run.does({...runIt, edited: {script: 'rm it', reason: 'better'}});
	assert.equal(run.asked, 'refused step/it');
	assert.deepEqual(run.started, []);
	assert.deepEqual(run.of('deviation'), [], 'an edit that never ran departs from nothing');
	run.world = {};
	run.does({...runIt, edited: {script: 'rm it', reason: 'better'}});
	assert.deepEqual(run.started, ['rm it']);
	assert.deepEqual(
		run.of('deviation').map(({about, reason}) => [about, reason]),
		[[{kind: 'edit', block: 'step/it'}, 'better']],
	);
});

test('a lock that the host lets nobody take refuses the start, whatever is overridden', () => {
	const run = toldRun(step(), {world: {deaf: ['lock']}});
	for (const intents of [[runIt], [{type: 'break-lock', reason: 'nobody works there'} as const, runIt]]) {
		run.does(...intents);
		run.observe({type: 'lock', answer: {taken: false, why: 'the disk is read-only'}});
		const asked = run.question;
		assert.ok(asked?.kind === 'refused');
		assert.deepEqual(asked.guards, [
			{guard: 'lock', holds: false, evidence: 'it cannot be taken: the disk is read-only'},
		]);
	}
	assert.deepEqual(run.started, []);
	run.world = {};
	assert.equal(run.does(runIt).asked, 'confirm step/then');
});

test('the baseline is what was before the first change, and the last sample is taken at the end', () => {
	const run = toldRun(step(), {world: {readings: free}});
	run.does(runIt);
	run.world = {readings: full};
	run.does({type: 'run', block: 'step/then', confirmed: 'y'});
	assert.deepEqual(
		run.of('sampled').map(({moment}) => moment),
		['baseline', 'final'],
	);
	assert.equal(run.observe({type: 'sampled', moment: 'baseline', readings: full}, 'web1')?.code, 'run-ended');
	assert.equal(run.host.baseline?.['disk:/boot']?.value, 40);
	assert.equal(run.host.final?.['disk:/boot']?.value, 95);
});

test('a sample that is told twice does not take the place of the baseline', () => {
	const run = toldRun(step('', 'window'), {world: {readings: free, deaf: ['judge']}});
	run.does(runIt);
	run.observe({type: 'sampled', moment: 'baseline', readings: full});
	assert.equal(run.host.baseline?.['disk:/boot']?.value, 40);
});
