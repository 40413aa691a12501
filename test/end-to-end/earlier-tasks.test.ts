import assert from 'node:assert/strict';
import {appendFileSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {until} from '../helpers/task-host.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const jsx = fileURLToPath(new URL('../helpers/jsx.ts', import.meta.url));
const skip = isMissing();
const limit = {timeout: 120_000};

/** A change that prints a lot, waits for a file, and fails. */
const document = (folder: string): string => `# Change

## Go

\`\`\`sh { name=go }
seq 1 20000
until [ -e '${folder}/gate' ]; do sleep 0.1; done
echo over
exit 3
\`\`\`
`;
const printed = `${Array.from({length: 20_000}, (_, at) => `${at + 1}\n`).join('')}over\n`;

/** A program that was killed while its change was under way, and another one with a state folder of its own. */
async function leftBehind(context: TestContext) {
	const [ada, bo] = [new Program(context), new Program(context)];
	const {XDG_STATE_HOME, HANDRAIL_LOCK} = ada.env;
	Object.assign(bo.env, {XDG_STATE_HOME, HANDRAIL_LOCK});
	const words = ['run', ada.write('change.md', document(ada.folder)), '-H', 'local', '--yes', '--trust', '--json'];
	const running = ada.start(words);
	const tasks = join(XDG_STATE_HOME!, 'handrail/tasks');
	const [output] = await until(() => {
		const outputs = globSync(join(tasks, '*/output'));
		return outputs.some(file => readFileSync(file, 'utf8').endsWith('\n20000\n')) && outputs;
	}, 30_000);
	running.child.kill('SIGKILL');
	await running.ended;
	const task = output!.split('/').at(-2)!;
	return {ada, bo, tasks, task, release: () => writeFileSync(join(ada.folder, 'gate'), '')};
}

/** What anybody does who wants to go on at once. */
function screen(context: TestContext, bo: Program, words: string): Tmux {
	const file = bo.write('small.md', '# Small\n\n## Go\n\n```sh { name=go }\necho done\n```\n');
	const tmux = new Tmux(context, bo.folder, bo.env);
	tmux.type(`"${process.execPath}" --import ${jsx} ${cli} run ${file} -H local --break-lock gone ${words}`);
	return tmux;
}

test('on the screen, the task of a killed run is followed to its end: every byte, its status, and nothing is left', {
	skip,
	...limit,
}, async context => {
	const {ada, bo, tasks, task, release} = await leftBehind(context);
	const tmux = screen(context, bo, '');
	await tmux.until(/Tasks of earlier runs[\s\S]*t0001 of run[\s\S]*RUNNING[\s\S]*Enter: what becomes/);
	await wait(600);
	tmux.keys('Enter');
	await tmux.until(/2 {2}follow here/);
	await wait(600);
	tmux.keys('2');
	await tmux.until(/RUNNING;\s+followed here/);
	release();
	await tmux.until(/Enter asks, then y runs it/);
	const [run] = await bo.runs();
	assert.equal(readFileSync(bo.file(run!.id, 'tasks', task, 'output'), 'utf8'), printed);
	const told = bo.journal(run!.id).find(event => event.type === 'earlier.reported');
	assert.deepEqual(told?.report, {is: 'ended', exit: 3, bytes: printed.length});
	assert.equal(told?.copied, printed.length);
	await until(() => !existsSync(join(tasks, task)));
	assert.equal((await bo.run(['verify', run!.id])).code, 0);
	appendFileSync(bo.file(run!.id, 'tasks', task, 'output'), 'x');
	assert.equal((await bo.run(['verify', run!.id])).code, 1, 'its output is vouched for by the record');
	const resumed = await ada.run(['resume', '--yes', '--trust', '--json']);
	assert.equal(resumed.code, 3, resumed.out + resumed.err);
	assert.match(resumed.err, /nobody can say how it ended/);
});

test('in lines, one that is at work is not cleaned, and is left where it is', {skip, ...limit}, async context => {
	const {ada, bo, tasks, task, release} = await leftBehind(context);
	const tmux = screen(context, bo, '--plain');
	await tmux.until(/go on with that run|what becomes|leave +leave them/);
	await wait(600);
	tmux.type('c');
	await tmux.until(/"c" is none of the options/);
	await wait(600);
	tmux.type('leave');
	await tmux.until(/y +run it: it changes/);
	assert.deepEqual(readdirSync(tasks), [task]);
	release();
	const resumed = await ada.run(['resume', '--yes', '--trust', '--json']);
	assert.equal(resumed.code, 1, 'its own run goes on with it, and says that it failed');
	assert.equal(ada.outputs((await ada.runs())[0]!.id)['go/go'], printed);
});

test('probe lists what runs have left, with the way to go on', limit, async context => {
	const {ada, bo, task, release} = await leftBehind(context);
	const run = task.replace(/\.t0001$/, '');
	const own = await ada.run(['probe', 'local']);
	assert.match(own.out, new RegExp(`Tasks of earlier runs\n {2}t0001 of run ${run}, begun`));
	assert.match(own.out.replaceAll(/\s+/g, ' '), new RegExp(`RUNNING go on with that run: handrail resume ${run}`));
	const {tasks} = JSON.parse((await bo.run(['probe', 'local', '--json'])).out);
	assert.deepEqual(
		tasks.map(({here, report, holdsLock}: {here: string; report: {is: string}; holdsLock: boolean}) => [
			here,
			report.is,
			holdsLock,
		]),
		[['no', 'running', true]],
	);
	release();
});
