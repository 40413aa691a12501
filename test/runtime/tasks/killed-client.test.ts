import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {nap, processesWith, taskHost, until} from '../../helpers/task-host.ts';

const client = new URL('../../helpers/follow-client.ts', import.meta.url).pathname;

test('A client that is killed at 30 moments gets every byte once, and the exit status of the only run', async () => {
	const lab = taskHost();
	const content = randomBytes(5_000_000);
	const source = join(lab.folder, 'source');
	const copy = join(lab.folder, 'copy');
	const gate = join(lab.folder, 'gate');
	writeFileSync(source, content);
	// 100 pieces; after the last kill the gate lets the rest through at once.
	const script = `echo run >> '${lab.folder}/runs'
i=0
while [ $i -lt 100 ]; do
	dd if='${source}' bs=50000 skip=$i count=1 2>/dev/null
	i=$((i + 1))
	[ -e '${gate}' ] || sleep 0.15
done
exit 41`;
	const start = () => {
		const child = spawn(process.execPath, [client, 'survivor', script, copy], {
			env: lab.environment,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let said = '';
		child.stdout.on('data', chunk => {
			said += chunk;
		});
		return {child, ended: new Promise<string>(resolve => child.once('close', () => resolve(said)))};
	};
	for (let kill = 0; kill < 30; kill++) {
		const {child, ended} = start();
		await wait(Math.random() * 400);
		child.kill('SIGKILL');
		await ended;
	}
	const before = statSync(copy, {throwIfNoEntry: false})?.size ?? 0;
	assert.ok(before < content.length, 'the task ended before the last kill');
	writeFileSync(gate, '');
	const said = await start().ended;
	assert.deepEqual(JSON.parse(said), {is: 'ended', exit: 41, bytes: content.length});
	assert.ok(readFileSync(copy).equals(content));
	assert.equal(readFileSync(join(lab.folder, 'runs'), 'utf8'), 'run\n');
	await lab.remove();
});

test('What follows output ends when nobody listens any more', async () => {
	const long = nap();
	const lab = taskHost();
	const file = join(lab.folder, 'copy');
	const words = [client, 'quiet', `echo ready; exec ${long.sleep}`, file];
	const child = spawn(process.execPath, words, {env: lab.environment, stdio: 'ignore'});
	await until(() => (statSync(file, {throwIfNoEntry: false})?.size ?? 0) > 0);
	child.kill('SIGKILL');
	await until(async () => (await lab.host.ask('quiet')).is === 'running');
	// The shell of a request, not the supervisor, nor the one that answered just now.
	const mine = new Set(processesWith(lab.folder, 'environ'));
	const answering = processesWith('\x00serve');
	const followers = processesWith('handrail\x00handrail-').filter(each => mine.has(each) && !answering.includes(each));
	assert.equal(followers.length, 1);
	await until(() => !processesWith('handrail\x00handrail-').includes(followers[0]!), 15_000);
	assert.equal((await lab.host.ask('quiet')).is, 'running');
	await lab.remove();
});
