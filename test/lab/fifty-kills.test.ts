import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {describe, type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {Program} from '../helpers/program.ts';
import {hasNoSshd, sshServer} from '../helpers/ssh/ssh-server.ts';

// A task of a minute that is killed at 50 moments costs a minute, and the time of 51 starts: beside the lab for that alone.

const limit = {timeout: 340_000};
const pieces = 200;
const size = 100_000;
const kills = 50;

const bytes = (folder: string) => `# Print

\`\`\`sh { name=print durable expect=41 }
echo run >> '${folder}/runs'
i=0
while [ $i -lt ${pieces} ]; do
	dd if='${folder}/source' bs=${size} skip=$i count=1 2>/dev/null
	i=$((i + 1))
	[ -e '${folder}/gate' ] || sleep 0.3
done
until [ -e '${folder}/gate' ]; do sleep 0.1; done
echo end >> '${folder}/runs'
exit 41
\`\`\`
`;

/** A program with a run of which something is recorded, killed at that moment. */
async function begin(context: TestContext, document: string, host: string, env: NodeJS.ProcessEnv) {
	const program = new Program(context);
	Object.assign(program.env, env);
	const going = ['--yes', '--trust', '--json'];
	const running = program.start(['run', program.write('runbook.md', document), '-H', host, ...going]);
	const first = await running.until(out => out.includes('"type":"output"'));
	assert.ok(first, running.err);
	const [run] = readdirSync(`${program.state}/runs`);
	running.child.kill('SIGKILL');
	await running.ended;
	return {program, run: run!, resume: ['resume', ...going]};
}

/** Every third one once it is connected, the others at any moment; answers how many were. */
async function killAgain(program: Program, words: string[], times: number): Promise<number> {
	let connected = 0;
	for (let kill = 0; kill < times; kill++) {
		const running = program.start(words);
		if (kill % 3 === 0) await running.until(out => out.includes('"host.met"'));
		await wait(Math.random() * 700);
		assert.equal(running.child.exitCode, null, `it has ended before it was killed: ${running.err}`);
		running.child.kill('SIGKILL');
		await running.ended;
		if (running.out.includes('"host.met"')) connected++;
	}
	return connected;
}

async function isWholeAfterKills(context: TestContext, host: string, env: NodeJS.ProcessEnv): Promise<void> {
	const folder = new Program(context).folder;
	const source = randomBytes(pieces * size);
	writeFileSync(`${folder}/source`, source);
	const began = Date.now();
	const {program, run, resume} = await begin(context, bytes(folder), host, env);
	const connected = await killAgain(program, resume, kills - 1);
	const output = program.file(run, 'tasks', 't0001', 'output');
	const before = statSync(output).size;
	assert.equal(readFileSync(`${folder}/runs`, 'utf8'), 'run\n', 'it runs, and has not ended before the last kill');
	await wait(Math.max(0, began + 60_000 - Date.now()));
	writeFileSync(`${folder}/gate`, '');
	const {code, err} = await program.run(resume);
	assert.equal(code, 0, err);
	assert.ok(readFileSync(output).equals(source), `${statSync(output).size} bytes`);
	const ends = program.journal(run).flatMap(event => (event.type === 'task.reported' ? [event.report] : []));
	assert.deepEqual(ends.at(-1), {is: 'ended', exit: 41, bytes: source.length});
	assert.equal(readFileSync(`${folder}/runs`, 'utf8'), 'run\nend\n');
	context.diagnostic(
		`${kills} kills, ${connected} of them while connected, ${before} bytes by then; ${source.length} bytes, 0 lost`,
	);
}

describe('A program that is killed at 50 moments of a task of a minute', {concurrency: 3}, () => {
	test('gets every byte once on this machine, and the status of the only run', limit, async context => {
		await isWholeAfterKills(context, 'local', {});
	});

	test('gets every byte once over SSH, and the status of the only run', {...limit, skip: hasNoSshd}, async context => {
		const server = await sshServer(context);
		await isWholeAfterKills(context, 'web1', {HANDRAIL_SSH_CONFIG: server.file('config')});
	});

	test('gets every line once on the practice server, killed at 10 moments', limit, async context => {
		const document = `# Count

\`\`\`sh { name=count durable expect=41 }
echo run >> /tmp/runs
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo "line $i"; sleep 1; done
cat /tmp/runs
exit 41
\`\`\`
`;
		const {program, run, resume} = await begin(context, document, 'practice', {});
		await killAgain(program, resume, 9);
		const {code, err} = await program.run(resume);
		assert.equal(code, 0, err);
		const lines = Array.from({length: 20}, (_, at) => `line ${at + 1}\n`).join('');
		assert.deepEqual(Object.values(program.outputs(run)), [`${lines}run\n`]);
	});
});
