import assert from 'node:assert/strict';
import {test} from 'node:test';
import {aftermath} from '../../../source/runtime/practice/aftermath.ts';
import {newWorld} from '../../../source/runtime/practice/new-world.ts';
import {practiceHost} from '../../../source/runtime/practice/practice-host.ts';
import {outputOf, spec} from '../../helpers/task-host.ts';

test('the practice server shows after an upgrade what a real one would', async context => {
	const host = practiceHost('practice', {speed: 0});
	context.after(() => host.close());
	await host.connect(new AbortController().signal);
	await host.start(spec('run.t1', 'sudo apt-get update; sudo apt-get -y upgrade'), {});
	await outputOf(host, 'run.t1');
	const [boot, none, dpkg, apt, ...more] = await host.examine!('run.t1');
	assert.ok(boot?.is === 'booted' && boot.rebooted === false);
	assert.deepEqual([none, dpkg], [{is: 'none-at-work'}, {is: 'dpkg-clean'}]);
	assert.ok(apt?.is === 'apt' && apt.ended !== null);
	assert.deepEqual(more, []);
});

test('a practice server that was started anew in the middle of an upgrade shows that', () => {
	const world = {...newWorld('calm', 1, Date.parse('2026-11-22T18:00:00Z')), isInterrupted: true};
	const found = aftermath(world, world.boot.at - 1000, 'audited\nhalf configured\n lab\npractice end\n');
	assert.deepEqual(
		found.map(({is}) => is),
		['booted', 'none-at-work', 'dpkg-interrupted', 'dpkg-audit'],
	);
	assert.ok(found[0]?.is === 'booted' && found[0].rebooted === true);
});
