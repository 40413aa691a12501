import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {supervisor} from '../../../source/runtime/tasks/supervisor/supervisor.ts';
import {outputOf, spec, taskHost, until} from '../../helpers/task-host.ts';

test('A host whose clock is an hour off, and is set again during a task, loses nothing and ends nothing', async context => {
	const plain = taskHost();
	context.after(() => plain.remove());
	const programs = join(plain.folder, 'programs');
	const hours = join(plain.folder, 'hours');
	mkdirSync(programs);
	writeFileSync(join(programs, 'date'), `#!/bin/sh\nexec /bin/date -d "$(cat '${hours}') hours" "$@"\n`);
	chmodSync(join(programs, 'date'), 0o755);
	const PATH = `${programs}:${plain.environment['PATH']}`;
	const lab = taskHost(undefined, {PATH});
	context.after(() => lab.remove());
	writeFileSync(hours, '-1');
	const script = `date +%s; read -r line; date +%s; exit 3`;
	await lab.host.start(spec('clock', script), {});
	await until(async () => {
		const said = await lab.host.ask('clock');
		return said.is === 'running' && said.bytes > 0;
	});
	writeFileSync(hours, '1');
	assert.equal((await lab.host.ask('clock')).is, 'running');
	await lab.host.write('clock', Buffer.from('go on\n'));
	const [before, after] = (await outputOf(lab.host, 'clock')).toString().trim().split('\n').map(Number);
	assert.ok(after! - before! >= 7200, 'the clock was set indeed');
	assert.deepEqual(await lab.host.ask('clock'), {is: 'ended', exit: 3, bytes: 22});
});

test('Nothing that runs tasks asks for the time of day', () => {
	assert.doesNotMatch(supervisor.replaceAll(/^\s*#.*$/gm, ''), /\bdate\b|-newer|-mmin|-mtime|EPOCH/);
});
