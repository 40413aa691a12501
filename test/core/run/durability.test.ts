import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toldRun} from '../../helpers/told-run.ts';

const document = (attributes: string) => `# T\n\n## A\n\n\`\`\`sh { name=apply ${attributes} }\napply\n\`\`\`\n`;
const cannot = {can: false, why: 'all is ended at logout'};
const run = {type: 'run', block: 'a/apply', confirmed: 'y'} as const;

test('What insists on outliving the connection is refused where the host cannot do that, and no reason overrides it', () => {
	const it = toldRun(document('durable'), {world: {durable: cannot}});
	it.does(run);
	assert.equal(it.asked, 'refused a/apply');
	assert.deepEqual(it.started, []);
	assert.deepEqual(it.of('request.refused')[0]?.guards, [{guard: 'durable', holds: false, evidence: cannot.why}]);
	const reason = 'I take the risk';
	assert.deepEqual(it.tell({type: 'override', guard: 'durable', reason}), {code: 'cannot-override', guard: 'durable'});
});

test('Any other change is started there, after it was said that it would end with the connection', () => {
	const it = toldRun(document(''), {world: {durable: cannot}});
	assert.deepEqual(
		it.of('durable.answered').map(({can, why}) => [can, why]),
		[[false, cannot.why]],
	);
	assert.equal(it.asked, 'confirm a/apply');
	it.does(run);
	assert.deepEqual(it.started, ['apply']);
});

test('The host is asked once a session, before the first change, and not for what only reads', () => {
	const it = toldRun(document('durable'));
	it.does(run);
	assert.deepEqual(it.started, ['apply']);
	const types = it.events.map(({type}) => type);
	assert.equal(it.of('durable.answered').length, 1);
	assert.ok(types.indexOf('durable.answered') < types.indexOf('task.planned'));
	assert.equal(toldRun(document('risk=reads')).of('durable.answered').length, 0);
});

test('A command for this machine asks this machine', () => {
	const it = toldRun(document('durable on=control'), {world: {durable: cannot}});
	it.does(run);
	assert.deepEqual(
		it.of('durable.answered').map(({on}) => on),
		['control'],
	);
	assert.equal(it.asked, 'refused a/apply');
});
