import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {outputOf, spec, taskHost, until} from '../../helpers/task-host.ts';

test('A start that comes so late that the task was begun anew meanwhile runs nothing', async context => {
	const plain = taskHost();
	context.after(() => plain.remove());
	const programs = join(plain.folder, 'programs');
	const [held, gate, counter] = ['held', 'gate', 'counter'].map(name => join(plain.folder, name)) as [
		string,
		string,
		string,
	];
	const setsid = execFileSync('sh', ['-c', 'command -v setsid'], {encoding: 'utf8'}).trim();
	mkdirSync(programs);
	// The first start is held up where it has made its folder and nothing else.
	const program = `#!/bin/sh
if [ ! -e '${held}' ]; then
	: > '${held}'
	until [ -e '${gate}' ]; do sleep 0.02; done
fi
exec ${setsid} "$@"
`;
	writeFileSync(join(programs, 'setsid'), program);
	chmodSync(join(programs, 'setsid'), 0o755);
	const lab = taskHost(undefined, {PATH: `${programs}:${plain.environment['PATH']}`});
	context.after(() => lab.remove());
	const task = spec('late', `echo run >> '${counter}'; read -r line; exit 6`);
	const late = lab.host.start(task, {});
	const refused = assert.rejects(late, {name: 'TaskRefused', message: /could not be begun/});
	await until(() => existsSync(held));
	assert.deepEqual(await lab.host.ask('late'), {is: 'none'});
	assert.equal(await lab.host.start(task, {}), 'started');
	await until(() => existsSync(counter));
	writeFileSync(gate, '');
	await refused;
	await lab.host.write('late', Buffer.from('go on\n'));
	await outputOf(lab.host, 'late');
	assert.deepEqual(await lab.host.ask('late'), {is: 'ended', exit: 6, bytes: 0});
	assert.equal(readFileSync(counter, 'utf8'), 'run\n');
});
