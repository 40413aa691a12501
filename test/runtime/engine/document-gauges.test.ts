import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {Readings} from '../../../source/core/gauges/gauge.ts';
import {documentGauges} from '../../../source/runtime/engine/document-gauges.ts';
import {watchHealth} from '../../../source/runtime/engine/health.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost, type FakeTable} from '../../helpers/fake-host.ts';

const gauges = `~~~sh {gauge=queue unit=jobs high=5}
count jobs
~~~
~~~sh {gauge=elsewhere when="pm=zypper"}
count patches
~~~
~~~sh {gauge=later when="KIND=lvm"}
count blocks
~~~
`;
const runbook = `---
handrail: 1
---
# T
## Step
<!-- handrail require="queue<5" -->
${gauges}
~~~sh {name=it}
it
echo KIND=lvm >> "$HANDRAIL_OUTPUT"
~~~
~~~sh {name=again}
again
~~~
`;
const it = 'it\necho KIND=lvm >> "$HANDRAIL_OUTPUT"';

async function driven(context: TestContext, table: FakeTable, trusted = true) {
	const host = new FakeHost('web1', {
		[it]: {values: 'KIND=lvm\n'},
		again: {},
		'count blocks': {output: '12\n'},
		...table,
	});
	const run = await DrivenRun.open(runbook, [host], {trusted});
	context.after(() => run.close());
	return {host, run};
}

test('the gauges of the document that are for the host are read, others never', async context => {
	const {host, run} = await driven(context, {'count jobs': {output: '3 of mail\n'}});
	await run.untilAsked('confirm step/it');
	const queue = {value: 3, unit: 'jobs', state: 'ok', why: 'of mail'};
	assert.deepEqual(await documentGauges(run.session, 'web1'), {queue});
	assert.deepEqual(new Set(host.reads), new Set(['count jobs']));
	await run.session.tell({type: 'run', block: 'step/it', confirmed: 'y'});
	await run.untilAsked('confirm step/again');
	const later = {value: 12, unit: '', state: 'ok', why: ''};
	assert.deepEqual(await documentGauges(run.session, 'web1'), {queue, later});
	const {baseline} = run.host;
	assert.deepEqual(baseline?.['queue'], queue, 'they are part of what is kept from before the first change');
});

test('a gauge of the document may be required', async context => {
	const {host, run} = await driven(context, {'count jobs': [{output: '7\n'}, {output: '2\n'}]});
	await run.untilAsked('confirm step/it');
	await run.session.tell({type: 'run', block: 'step/it', confirmed: 'y'});
	await run.untilAsked('refused step/it');
	assert.deepEqual(host.started, []);
	await run.session.tell({type: 'run', block: 'step/it', confirmed: 'y'});
	await run.untilAsked('confirm step/again');
});

test('they are published beside the samples', async context => {
	const {run} = await driven(context, {'count jobs': {output: '3\n'}});
	await run.untilAsked('confirm step/it');
	const published: Readings[] = [];
	run.session.subscribe(notice => {
		if (notice.kind === 'health') published.push(notice.readings);
	});
	const watching = watchHealth(run.session, 1);
	await run.eventually(() => published.at(-1)?.['queue']?.value === 3 && 'disk:/boot' in published.at(-1)!);
	await run.close();
	await watching;
});

test('what crosses a threshold after the first change is recorded, once', async context => {
	const {host, run} = await driven(context, {'count jobs': {output: '3\n'}});
	const watching = watchHealth(run.session, 1);
	await run.untilAsked('confirm step/it');
	const boot = (value: number, state: 'ok' | 'critical') => ({'disk:/boot': {value, unit: '%', state, why: ''}});
	host.readings = boot(99, 'critical');
	await samples(run, 6);
	assert.deepEqual(await run.events('gauge.crossed'), [], 'the baseline will say it');
	host.readings = boot(40, 'ok');
	await samples(run, 6);
	await run.session.tell({type: 'run', block: 'step/it', confirmed: 'y'});
	await run.untilAsked('confirm step/again');
	host.readings = boot(99, 'critical');
	await samples(run, 12);
	await run.close();
	await watching;
	const crossed = await run.events('gauge.crossed');
	assert.deepEqual(
		crossed.map(({gauge, was, reading}) => [gauge, was, reading.value]),
		[['disk:/boot', 'ok', 99]],
	);
});

/** Resolves after so many more samples were published. */
async function samples(run: DrivenRun, count: number): Promise<void> {
	let seen = 0;
	const leave = run.session.subscribe(change => {
		if (change.kind === 'health') seen++;
	});
	await run.eventually(() => seen >= count);
	leave();
}
