import assert from 'node:assert/strict';
import {test} from 'node:test';
import {waysBack} from '../../../source/core/run/question.ts';
import {DrivenRun} from '../../helpers/driven-run.ts';
import {FakeHost} from '../../helpers/fake-host.ts';

const runbook = `---
handrail: 1
---
# T
## Step
~~~sh {name=one}
one
~~~
~~~sh {name=two}
two
~~~
## Rollback
### Undo
~~~sh {available}
undo possible
~~~
~~~sh
undo
~~~
### Revert
~~~sh {available}
revert possible
~~~
~~~sh
revert
~~~
`;

test('what can be taken back is asked where a person wants to know, and anew only when asked again', async context => {
	const answers = {'undo possible': {output: 'one package\n'}, 'revert possible': {output: 'no snapshot\n', exit: 1}};
	const host = new FakeHost('web1', {one: {}, two: {}, undo: {}, revert: {}, ...answers});
	const run = await DrivenRun.open(runbook, [host]);
	context.after(() => run.close());
	const known = () => waysBack(run.session.state, run.host).map(({title, answer}) => [title, answer]);
	const unasked = [
		['Undo', undefined],
		['Revert', undefined],
	];
	await run.untilAsked('confirm step/one');
	assert.deepEqual(known(), unasked);
	assert.equal(await run.session.tell({type: 'ask-ways'}), undefined);
	await run.until(() => known().every(([, answer]) => answer !== undefined), 'the answers');
	assert.deepEqual(known(), [
		['Undo', 'yes'],
		['Revert', 'no'],
	]);
	const asked = host.reads.length;
	await run.session.tell({type: 'run', block: 'step/one', confirmed: 'y'});
	await run.untilAsked('confirm step/two');
	assert.deepEqual(known(), unasked, 'an answer from before a change says nothing of what is after it');
	assert.equal(host.reads.length, asked);
	await run.session.tell({type: 'ask-ways'});
	await run.until(() => known().every(([, answer]) => answer !== undefined), 'the answers');
	assert.equal(host.reads.length, asked + 2);
});
