import assert from 'node:assert/strict';
import {chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {isMissing, shells} from '../../helpers/shells.ts';
import {nap, outputOf, processesWith, runTask, spec, type TaskHost, taskHost, until} from '../../helpers/task-host.ts';

const values = ["it's", '"$(id)" `id` $HOME \\n \\', 'two\nlines\n', '  ', 'žluťoučký 🐎', '-n', '!! %s', '*'];

for (const shell of shells) {
	describe(`The supervisor in ${shell.name}`, {skip: isMissing(shell)}, () => {
		let lab: TaskHost;
		before(() => {
			lab = taskHost(shell);
		});
		after(() => lab.remove());

		const outcomes: {title: string; script: string; output: string; exit: number}[] = [
			{title: 'an exit status', script: 'echo out; echo err >&2; exit 37', output: 'out\nerr\n', exit: 37},
			{title: 'the first failure', script: 'false\necho never', output: '', exit: 1},
			{title: 'a signal', script: 'kill -TERM $$', output: '', exit: 143},
			{title: 'an interrupt, which is not ignored', script: 'kill -INT $$; echo deaf', output: '', exit: 130},
			{title: 'no newline at the end', script: 'printf x', output: 'x', exit: 0},
			{
				title: 'the locale and the home folder',
				script: 'LANGUAGE=${LANGUAGE-unset}; echo $LC_ALL $LANGUAGE.; [ "$PWD" = "$HOME" ]',
				output: 'C.UTF-8 .\n',
				exit: 0,
			},
			{title: "the user's umask", script: 'umask', output: '0027\n', exit: 0},
			{title: 'a command that is not there', script: 'exec 2>/dev/null; no-such-program', output: '', exit: 127},
			{title: 'a child that lives on', script: 'sleep 300 >/dev/null 2>&1 & echo $!; kill $!', output: '', exit: 0},
		];
		test('tells how a command ended, with all it said', async () => {
			const mask = process.umask(0o027);
			for (const [number, {title, script, output, exit}] of outcomes.entries()) {
				const result = await runTask(lab, spec(`outcome.${number}`, script));
				if (output) assert.equal(result.output, output, title);
				assert.deepEqual(result.report, {is: 'ended', exit, bytes: result.output.length}, title);
			}
			process.umask(mask);
		});

		test('names the line of the script where it fails', async () => {
			const {output} = await runTask(lab, spec('line', ':\n:\nno-such-program\n'));
			assert.match(output, /script: (?:line )?3: no-such-program/);
		});

		test('hands values over exactly', async () => {
			const named = Object.fromEntries(values.map((value, index) => [`VALUE_${index}`, value]));
			const script = values.map((_, index) => `printf '%s\\0' "$VALUE_${index}"`).join('\n');
			const {output} = await runTask(lab, spec('values', script, {values: named}));
			assert.deepEqual(output.split('\0').slice(0, -1), values);
		});

		test('gives a secret to the shell of the script alone, and then its input', async () => {
			const secret = `tell-no-body-${process.pid}\n'quoted' \\ `;
			const secrets = {SECRET: Buffer.from(secret), OTHER: Buffer.from('second')};
			const script = 'echo ready\nread -r line\nprintf "%s|%s|%s" "$line" "$OTHER" "$SECRET"; env | grep -c SECRET';
			await lab.host.start(spec('secret', script, {secrets: ['SECRET', 'OTHER']}), secrets);
			await until(
				async () =>
					(await lab.host.ask('secret')).is === 'running' && readFileSync(join(lab.tasks, 'secret/output')).length > 0,
			);
			const word = secret.slice(0, secret.indexOf('\n'));
			assert.deepEqual(processesWith(word, 'cmdline'), []);
			assert.deepEqual(processesWith(word, 'environ'), []);
			for (const file of readdirSync(join(lab.tasks, 'secret'))) {
				if (file !== 'in') assert.ok(!readFileSync(join(lab.tasks, 'secret', file)).includes(word), file);
			}
			await lab.host.write('secret', Buffer.from('answer\n'));
			assert.equal((await outputOf(lab.host, 'secret')).toString(), `ready\nanswer|second|${secret}0\n`);
		});

		test('runs a task once, however often it is started', async () => {
			const counter = join(lab.folder, 'counter');
			const once = spec('once', `echo run >> '${counter}'`);
			const answers = await Promise.all(Array.from({length: 6}, () => lab.host.start(once, {})));
			assert.deepEqual(answers.sort(), ['exists', 'exists', 'exists', 'exists', 'exists', 'started']);
			await until(async () => (await lab.host.ask('once')).is === 'ended');
			assert.equal(await lab.host.start(once, {}), 'exists');
			assert.equal(readFileSync(counter, 'utf8'), 'run\n');
		});

		test('misses nothing of a command that ends at once', async () => {
			for (let number = 0; number < 20; number++) {
				const {output, report} = await runTask(lab, spec(`quick.${number}`, `echo ${number}; exit ${number}`));
				assert.equal(output, `${number}\n`);
				assert.deepEqual(report, {is: 'ended', exit: number, bytes: output.length});
				await lab.host.reap(`quick.${number}`);
			}
		});

		test('keeps the output of a capture apart, and what the command hands on', async () => {
			const script = 'echo out; echo err >&2; echo NAME=value > "$HANDRAIL_OUTPUT"';
			const {output} = await runTask(lab, spec('capture', script, {capture: true}));
			assert.equal(output, 'err\n');
			const {stdout, values: handed} = await lab.host.handed('capture');
			assert.equal(Buffer.from(stdout).toString(), 'out\n');
			assert.equal(Buffer.from(handed).toString(), 'NAME=value\n');
		});

		test('takes nothing from what is no ordinary file where a command should have written what it hands on', async () => {
			for (const [task, instead] of [
				['fifo', 'mkfifo "$HANDRAIL_OUTPUT"'],
				['folder', 'mkdir "$HANDRAIL_OUTPUT"'],
				['endless', 'ln -s /dev/zero "$HANDRAIL_OUTPUT"'],
				['elsewhere', 'ln -s /etc/passwd "$HANDRAIL_OUTPUT"'],
				['nothing', ':'],
			] as const) {
				await runTask(lab, spec(task, `rm "$HANDRAIL_OUTPUT"; ${instead}`));
				assert.equal((await lab.host.handed(task)).values.length, 0, task);
			}
		});

		test('starts where it is told to, and not elsewhere', async () => {
			assert.equal((await runTask(lab, spec('there', 'pwd', {cwd: '/usr'}))).output, '/usr\n');
			const {report} = await runTask(lab, spec('nowhere', 'echo no', {cwd: '/no/such folder'}));
			assert.equal(report.is === 'ended' && report.exit, 126);
		});

		test('follows from an offset', async () => {
			await runTask(lab, spec('offset', 'printf 0123456789'));
			assert.equal((await outputOf(lab.host, 'offset', 7)).toString(), '789');
			assert.equal((await outputOf(lab.host, 'offset', 10)).toString(), '');
		});

		test('ends a task and every process of it, politely and then not', async () => {
			const long = nap();
			const stubborn = `trap '' TERM; ${long.sleep} & echo ready; wait; ${long.sleep} & wait; wait`;
			for (const [task, script, signal, exit] of [
				['polite', `${long.sleep} & echo ready; wait`, 'TERM', 143],
				['stubborn', stubborn, 'KILL', 137],
			] as const) {
				await lab.host.start(spec(task, script), {});
				await until(() => readFileSync(join(lab.tasks, task, 'output')).length > 0);
				if (signal === 'KILL') {
					await lab.host.cancel(task, 'TERM');
					assert.equal((await lab.host.ask(task)).is, 'running');
				}
				await lab.host.cancel(task, signal);
				const report = await until(async () => {
					const said = await lab.host.ask(task);
					return said.is === 'ended' && said;
				});
				assert.equal(report.exit, exit);
				await until(() => long.processes().length === 0);
			}
		});

		test('says lost of a task whose supervisor was killed, and whether its processes are at work', async () => {
			const long = nap();
			await lab.host.start(spec('orphan', `echo ready; exec ${long.sleep}`), {});
			await until(() => readFileSync(join(lab.tasks, 'orphan/output')).length > 0);
			process.kill(Number(readFileSync(join(lab.tasks, 'orphan/pid'), 'utf8').split(' ')[0]), 'SIGKILL');
			await until(async () => (await lab.host.ask('orphan')).is === 'lost');
			assert.deepEqual(await lab.host.ask('orphan'), {is: 'lost', rebooted: false, alive: true});
			await assert.rejects(lab.host.reap('orphan'), /still at work/);
			await lab.host.cancel('orphan', 'KILL');
			await until(() => long.processes().length === 0);
			assert.deepEqual(await lab.host.ask('orphan'), {is: 'lost', rebooted: false, alive: false});
			assert.equal((await outputOf(lab.host, 'orphan')).toString(), 'ready\n');
		});

		test('says lost of a task that was cut off with its supervisor, as a shutdown does', async () => {
			const ends = [
				['cut', 'echo ready; read line', {is: 'lost', rebooted: false, alive: false}],
				['done', 'trap "echo bye; exit 3" TERM; echo ready; read line', {is: 'ended', exit: 3, bytes: 10}],
			] as const;
			for (const [task, script, expected] of ends) {
				await lab.host.start(spec(task, script), {});
				await until(() => readFileSync(join(lab.tasks, task, 'output')).length > 0);
				for (const [file, sign] of Object.entries({pid: 1, group: -1})) {
					process.kill(sign * Number(readFileSync(join(lab.tasks, task, file), 'utf8').split(' ')[0]), 'SIGTERM');
				}
				const report = await until(async () => {
					const said = await lab.host.ask(task);
					return said.is !== 'running' && said;
				});
				assert.deepEqual(report, expected);
			}
		});

		test('says lost of a task that the reboot of the host ended', async () => {
			await runTask(lab, spec('reboot', 'true'));
			const folder = join(lab.tasks, 'reboot');
			rmSync(join(folder, 'exit'));
			writeFileSync(join(folder, 'pid'), readFileSync(join(folder, 'pid'), 'utf8').replace(/\S+\n/, 'another-boot\n'));
			const again = taskHost(shell, {XDG_STATE_HOME: lab.folder});
			assert.deepEqual(await again.host.ask('reboot'), {is: 'lost', rebooted: true, alive: false});
			rmSync(again.folder, {recursive: true});
		});

		test('takes a task that never began for none, and starts it then', async () => {
			await runTask(lab, spec('begun', 'true'));
			rmSync(join(lab.tasks, 'begun/pid'));
			rmSync(join(lab.tasks, 'begun/exit'));
			const again = taskHost(shell, {XDG_STATE_HOME: lab.folder});
			assert.deepEqual(await again.host.ask('begun'), {is: 'none'});
			assert.equal(await again.host.start(spec('begun', 'true'), {}), 'started');
			rmSync(again.folder, {recursive: true});
		});

		test('passes on 3 MB as they are', async () => {
			const script = 'i=0; while [ $i -lt 48 ]; do cat "$FILE"; i=$((i + 1)); done';
			const file = join(lab.folder, 'flood');
			const block = Buffer.from(Array.from({length: 65536}, (_, index) => (index * 7919) % 256));
			writeFileSync(file, block);
			await lab.host.start(spec('flood', script, {values: {FILE: file}}), {});
			const output = await outputOf(lab.host, 'flood');
			assert.ok(output.equals(Buffer.concat(Array.from({length: 48}, () => block))));
		});

		test('lists the tasks and removes one only when it has ended', async () => {
			await lab.host.start(spec('listed', 'read -r line'), {});
			assert.ok((await lab.host.tasks()).includes('listed'));
			await assert.rejects(lab.host.reap('listed'), /still at work/);
			await lab.host.write('listed', Buffer.from('go on\n'));
			await until(async () => (await lab.host.ask('listed')).is === 'ended');
			await assert.rejects(lab.host.write('listed', Buffer.from('too late\n')), /not running/);
			await lab.host.reap('listed');
			await lab.host.reap('listed');
			assert.ok(!existsSync(join(lab.tasks, 'listed')));
			assert.deepEqual(await lab.host.ask('listed'), {is: 'none'});
			assert.equal(readdirSync(lab.tasks).filter(name => name.startsWith('.')).length, 0);
		});

		test('gives up an answer that is too long for a command that does not read, when it ends', async () => {
			await lab.host.start(spec('deaf', 'echo ready; exec sleep 60'), {});
			await until(() => readFileSync(join(lab.tasks, 'deaf/output')).length > 0);
			const writing = lab.host.write('deaf', Buffer.alloc(200_000, 'x'));
			const refused = assert.rejects(writing, {name: 'TaskRefused', message: 'the task took no input'});
			await lab.host.cancel('deaf', 'TERM');
			await refused;
		});

		test('works below a folder with blanks, quotes and other signs in its name', async () => {
			const odd = taskHost(shell, {XDG_STATE_HOME: join(lab.folder, `it's "a" $(folder) * \\`)});
			const task = spec('odd', 'read -r line; echo "$line $SECRET"', {
				secrets: ['SECRET'],
				tty: {rows: 24, columns: 80},
			});
			await odd.host.start(task, {SECRET: Buffer.from('hush')});
			await until(() =>
				odd.host.write('odd', Buffer.from('typed\n')).then(
					() => true,
					() => false,
				),
			);
			assert.match((await outputOf(odd.host, 'odd')).toString(), /typed hush\r?\n$/);
			await odd.remove();
		});

		test('keeps its folder private, and uses none that is not', async () => {
			await runTask(lab, spec('private', 'true'));
			chmodSync(lab.tasks, 0o755);
			assert.deepEqual(await lab.host.tasks(), []);
			assert.deepEqual(await lab.host.ask('never-started'), {is: 'none'});
			chmodSync(lab.tasks, 0o700);
		});
	});
}
