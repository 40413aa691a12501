import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, beforeEach, describe, test} from 'node:test';
import type {SudoAnswer} from '../../../source/core/run/host.ts';
import type {Host, ReadSpec, TaskSpec} from '../../../source/runtime/hosts/host.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {isMissing, pathWith, shells} from '../../helpers/shells.ts';
import {noSudo, type SudoUser, sudoUser} from '../../helpers/sudo-user.ts';
import {nap, outputOf, spec, until} from '../../helpers/task-host.ts';

/** The name of a test's task: none is there twice. */
let tasks = 0;

describe('A user whom sudo asks for a password', {skip: noSudo}, () => {
	let user: SudoUser;
	let host: Host;
	let log: string;
	before(() => {
		user = sudoUser();
		log = `${user.home}/sudo.log`;
		host = shellHost('local', user.shell());
	});
	beforeEach(() => {
		rmSync(log, {force: true});
		allow('ALL');
	});
	after(async () => {
		await host?.close();
		user?.remove();
	});

	/** What may be run, and further `Defaults`. The log has a line for each sudo, with its wrong passwords. */
	const allow = (what: string, ...defaults: string[]) =>
		user.allow(...[`logfile=${log}`, ...defaults].map(each => `Defaults:USER ${each}`), `USER ALL=(ALL:ALL) ${what}`);
	const wrongPasswords = () =>
		(existsSync(log) ? readFileSync(log, 'utf8').replaceAll(/\n +/g, ' ') : '').match(/\d+ incorrect password/g) ?? [];
	const password = () => Buffer.from(user.password);
	/** What should be gone with the connection. */
	const halfMade = () => readdirSync(`${user.home}/.local/state/handrail/tasks`).filter(name => name.startsWith('.'));

	async function run(script: string, more: Partial<TaskSpec> = {}, on = host) {
		const task = `sudo-${tasks++}`;
		await on.start(spec(task, script, {askpass: true, ...more}), {sudo: password(), SECRET: Buffer.from('hush')});
		const output = (await outputOf(on, task)).toString();
		return {output, report: await on.ask(task), task};
	}

	const policies: [title: string, policy: () => void, answer: SudoAnswer['is'], why?: RegExp][] = [
		['asks', () => allow('ALL'), 'password'],
		['does not ask', () => allow('NOPASSWD: ALL'), 'free'],
		['asks for some commands only', () => allow('ALL, NOPASSWD: /bin/true'), 'password'],
		['wants a terminal', () => allow('ALL', 'requiretty'), 'none', /must have a tty/],
	];
	for (const [title, policy, is, why] of policies) {
		test(`is found out: a sudo that ${title}`, async () => {
			policy();
			const answer = await host.askSudo!();
			assert.deepEqual([answer.is, answer.user], [is, user.name]);
			if (why) assert.match(answer.why ?? '', why);
		});
	}

	const tries: [
		title: string,
		policy: () => void,
		password: string | undefined,
		is: SudoAnswer['is'],
		why?: RegExp,
		wrong?: number,
	][] = [
		['the right one is taken', () => allow('ALL'), undefined, 'accepted'],
		['a wrong one is refused, and sent once', () => allow('ALL'), 'wrong', 'refused', undefined, 1],
		[
			'a wrong one is refused where sudo asks once',
			() => allow('ALL', 'passwd_tries=1'),
			'wrong',
			'refused',
			undefined,
			1,
		],
		['the right one of nobody who may use sudo', () => user.allow(), undefined, 'none', /sudo/],
		[
			'none is sent where root is asked for his',
			() => allow('ALL', 'rootpw'),
			undefined,
			'none',
			/the password of root/,
		],
	];
	for (const [title, policy, given, is, why, wrong = 0] of tries) {
		test(`tries a password at once: ${title}`, async () => {
			policy();
			const answer = await host.trySudo!(Buffer.from(given ?? user.password));
			assert.equal(answer.is, is, answer.why ?? '');
			if (why) assert.match(answer.why ?? '', why);
			if (wrong > 0) assert.deepEqual(wrongPasswords(), [`${wrong} incorrect password`]);
			assert.deepEqual(halfMade(), []);
		});
	}

	const forms: [script: string, output: string][] = [
		['sudo id -un; sudo id -un', 'root\nroot\n'],
		['echo x | sudo tee /dev/null; echo y | sudo cat', 'x\ny\n'],
		['(sudo id -un); echo "$(sudo id -un)"', 'root\nroot\n'],
		['become() { sudo "$@"; }; become -u nobody id -un', 'nobody\n'],
		['sudo -unobody id -un; sudo --user nobody -- id -un; sudo -Hu nobody id -un', 'nobody\nnobody\nnobody\n'],
		['printf "a\\nb\\n" | xargs -n1 sudo echo', 'a\nb\n'],
		['sudo NAME=value printenv NAME', 'value\n'],
		['sudo -p "Your password: " id -un', 'root\n'],
		['sudo -S -p "" id -un < /dev/null 2> /dev/null || echo refused', 'refused\n'],
		['sudo -k; sudo -n id -un || echo refused', 'refused\n'],
		['sudo -K; sudo -k id -un', 'root\n'],
		['sudo -v && echo valid', 'valid\n'],
		['sudo -l id', '/usr/bin/id\n'],
		['sudo sh -c "exit 7" || echo $?', '7\n'],
		['/usr/bin/sudo -A id -un', 'root\n'],
		['sudo sudo id -un', 'root\n'],
	];
	for (const shell of shells) {
		test(`has sudo run as it is written (${shell.name})`, {skip: isMissing(shell)}, async () => {
			const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
			chmodSync(folder, 0o755);
			const path = pathWith(shell, folder);
			chmodSync(join(folder, shell.name), 0o755);
			if (shell.name === 'busybox') symlinkSync('/usr/bin/sudo', join(path, 'sudo'));
			const on = shellHost('local', user.shell({PATH: path}));
			try {
				assert.equal((await on.trySudo!(password())).is, 'accepted');
				// No ticket of an earlier one helps.
				allow('ALL', 'timestamp_timeout=0', '!lecture');
				const script = forms.map(([form]) => `(${form}) 2>&1 | grep -v ^sudo:; echo ==`).join('\n');
				const {output} = await run(script, {}, on);
				assert.deepEqual(
					output.split('==\n').slice(0, -1),
					forms.map(([, expected]) => expected),
				);
			} finally {
				await on.close();
				rmSync(folder, {recursive: true});
			}
		});
	}

	test('has nothing of it in the environment under sudo but the name of the program that asks', async () => {
		const {output} = await run('sudo env; echo; sudo -E env; echo; env');
		const [usual = {}, kept = {}, own = {}] = output
			.split('\n\n')
			.map(text => Object.fromEntries(text.split('\n').map((line): [string, string] => [line.split('=')[0]!, line])));
		assert.equal(usual['PATH'], 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
		const known = ['HANDRAIL_OUTPUT', 'SUDO_ASKPASS'];
		for (const variables of [usual, kept, own]) {
			const carried = Object.entries(variables).filter(
				([name, value]) => value.includes('handrail/tasks') && !known.includes(name),
			);
			assert.deepEqual(
				carried.map(([name]) => name),
				variables === own ? ['PATH'] : [],
			);
		}
	});

	test('has the whole block run as root, with its secrets and input', async () => {
		const task = `sudo-${tasks++}`;
		const script = 'id -un; read -r line; echo "$line|$SECRET|$VALUE|$PWD"; exit 4';
		const more = {askpass: true, sudo: true, secrets: ['SECRET'], values: {VALUE: "it's"}, cwd: '/usr'};
		await host.start(spec(task, script, more), {sudo: password(), SECRET: Buffer.from('hush')});
		await until(() =>
			host.write(task, Buffer.from('typed\n')).then(
				() => true,
				() => false,
			),
		);
		assert.equal((await outputOf(host, task)).toString(), "root\ntyped|hush|it's|/usr\n");
		const report = await host.ask(task);
		assert.equal(report.is === 'ended' && report.exit, 4);
	});

	test('is told before the start where no whole block may run as root', async () => {
		allow('/usr/bin/id');
		await assert.rejects(run('id', {sudo: true}), {name: 'TaskRefused', message: 'sudo runs no shell here'});
		assert.equal((await run('sudo id -un')).output, 'root\n');
	});

	test('has what only reads find the password too, alone or as a whole block', async () => {
		const scripts: [script: string, more: Partial<ReadSpec>, output: string, exit: number][] = [
			['sudo id -un; echo "$VALUE"', {password: password()}, "root\nit's\n", 0],
			['id -un; echo "$VALUE"', {sudo: true, password: password()}, "root\nit's\n", 0],
			['id -un', {sudo: true}, 'sudo: a password is required\n', 1],
		];
		for (const [script, more, output, exit] of scripts) {
			const base = {script, interpreter: ['sh', '-e'], values: {VALUE: "it's"}, timeout: 10_000};
			const ended = await host.read({...base, ...more});
			assert.deepEqual([Buffer.from(ended.output).toString(), ended.exit], [output, exit], script);
		}
		assert.deepEqual(halfMade(), []);
	});

	test('has it in no argument and no environment of any program, even where variables of its names are exported', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
		chmodSync(folder, 0o777);
		const seen = join(folder, 'seen');
		for (const name of ['sh', 'setsid', 'sudo', 'dd', 'rm', 'mkfifo', 'mktemp', 'mv', 'wc', 'id', 'chmod', 'grep']) {
			const real = execFileSync('which', [name], {encoding: 'utf8'}).trim();
			const text = `#!/bin/sh\n{ echo "${name} $*"; /usr/bin/env; } >> ${seen}\nexec ${real} "$@"\n`;
			writeFileSync(join(folder, name), text);
			chmodSync(join(folder, name), 0o755);
		}
		const names = ['password', 'held', 'answer', 'rest', 'said', 'line', 'script', 'SECRET'];
		const exported = Object.fromEntries(names.map(name => [name, 'exported']));
		const on = shellHost('local', user.shell({...exported, PATH: `${folder}:/usr/bin:/bin`}));
		try {
			assert.equal((await on.trySudo!(password())).is, 'accepted');
			const more = {secrets: ['SECRET'], sudo: true};
			const base = {interpreter: ['sh'], values: {}, timeout: 10_000, password: password()};
			assert.equal((await run('sudo true; id -un', more, on)).output, 'root\n');
			assert.equal((await run('sudo id -un', {secrets: ['SECRET']}, on)).output, 'root\n');
			assert.equal(Buffer.from((await on.read({...base, script: 'sudo id -un'})).output).toString(), 'root\n');
			const started = readFileSync(seen, 'utf8');
			assert.match(started, /^sudo -A -p/m);
			assert.match(started, /^rm -f .*reply/m);
			assert.match(started, /^password=/m);
			for (const secret of [user.password, 'hush']) assert.ok(!started.includes(secret));
		} finally {
			await on.close();
			rmSync(folder, {recursive: true});
		}
	});

	test('has nobody left who keeps the password when the supervisor is killed', async () => {
		const {sleep, processes} = nap();
		const task = `sudo-${tasks++}`;
		await host.start(spec(task, `sudo -v; ${sleep}`, {askpass: true}), {sudo: password()});
		await until(() => processes().length > 0);
		const [supervisor] = readFileSync(`${user.home}/.local/state/handrail/tasks/${task}/pid`, 'utf8').split(' ');
		assert.equal(keepers(task).length, 2);
		process.kill(Number(supervisor), 'SIGKILL');
		await until(() => keepers(task).length === 0);
		await host.cancel(task, 'KILL');
		await until(() => processes().length === 0);
	});

	test('needs no password typed into a terminal', async () => {
		const {output, report} = await run('tty > /dev/null && sudo id -un', {tty: {rows: 24, columns: 80}});
		assert.equal(output, 'root\r\n');
		assert.equal(report.is === 'ended' && report.exit, 0);
	});

	test('has a password that became wrong sent to one sudo only, once', async () => {
		user.setPassword('another one');
		try {
			const {report} = await run('sudo true || sudo true || sudo -u nobody true || echo no');
			assert.deepEqual(report.is === 'ended' && [report.exit, report.sudoRefused], [0, true]);
			assert.deepEqual(wrongPasswords(), ['1 incorrect password']);
		} finally {
			user.setPassword(user.password);
		}
	});

	test('has sudo served after the connection is gone', async () => {
		const go = `${user.home}/go`;
		const task = `sudo-${tasks++}`;
		const first = shellHost('local', user.shell());
		const script = `sudo id -un; while ! [ -e ${go} ]; do sleep 0.05; done; sudo -k; sudo id -un`;
		await first.start(spec(task, script, {askpass: true}), {sudo: password()});
		await until(async () => (await host.ask(task)).is === 'running' && (await bytesOf(task)) > 0);
		await first.close();
		execFileSync('touch', [go]);
		assert.equal((await outputOf(host, task)).toString(), 'root\nroot\n');
	});

	const bytesOf = async (task: string) => {
		const report = await host.ask(task);
		return report.is === 'running' ? report.bytes : 0;
	};

	const cancels: [
		title: string,
		script: (sleep: string) => string,
		more: Partial<TaskSpec>,
		signal: 'TERM' | 'KILL',
	][] = [
		['a command', sleep => `sudo ${sleep}; true`, {}, 'TERM'],
		['a command, by KILL', sleep => `sudo ${sleep}; true`, {}, 'KILL'],
		['a shell of root with others below it', sleep => `sudo sh -c "${sleep} & ${sleep}"`, {}, 'TERM'],
		['a command with a terminal', sleep => `sudo ${sleep}; true`, {tty: {rows: 24, columns: 80}}, 'TERM'],
		['a command with a terminal, by KILL', sleep => `sudo ${sleep}; true`, {tty: {rows: 24, columns: 80}}, 'KILL'],
		['a whole block', sleep => `${sleep} & ${sleep}`, {sudo: true}, 'TERM'],
		['a whole block, by KILL', sleep => `${sleep} & ${sleep}`, {sudo: true}, 'KILL'],
	];
	for (const [title, script, more, signal] of cancels) {
		test(`has no process left of what is cancelled: ${title}`, async () => {
			const {sleep, processes} = nap();
			const task = `sudo-${tasks++}`;
			await host.start(spec(task, script(sleep), {askpass: true, ...more}), {sudo: password()});
			await until(() => rootOnes(processes()));
			await host.cancel(task, signal);
			await until(() => processes().length === 0);
			assert.equal((await until(async () => (await host.ask(task)).is === 'ended' && host.ask(task))).is, 'ended');
			await until(() => keepers(task).length === 0);
		});
	}

	test('is told where what runs as root cannot be killed, and it runs on', async () => {
		const {sleep, processes} = nap();
		allow('/usr/bin/sleep');
		const task = `sudo-${tasks++}`;
		await host.start(spec(task, `sudo ${sleep}`, {askpass: true}), {sudo: password()});
		await until(() => rootOnes(processes()));
		await assert.rejects(host.cancel(task, 'KILL'), {name: 'TaskRefused', message: /sudo runs no shell here/});
		assert.equal((await host.ask(task)).is, 'running');
		await host.cancel(task, 'TERM');
		await until(() => processes().length === 0);
	});

	test('is told before anything runs where no program can be run from the folder of tasks', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'handrail-test-'));
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'noexec,mode=1777', 'handrail-test', folder]);
		const on = shellHost('local', user.shell({XDG_STATE_HOME: `${folder}/state`}));
		try {
			const {is, why} = await on.trySudo!(password());
			assert.equal(is, 'none');
			assert.match(why ?? '', /no program can be run from there .*noexec.*: \/tmp/);
			await assert.rejects(run('sudo true', {}, on), {
				name: 'TaskRefused',
				message: /cannot be given the password: .*noexec/,
			});
		} finally {
			await on.close();
			execFileSync('umount', [folder]);
			rmSync(folder, {recursive: true});
		}
	});
});

/** Whether one of them is root's: sudo has been let in. */
const rootOnes = (processes: number[]): boolean =>
	processes.some(each => {
		try {
			return /^Uid:\t0\t0\t/m.test(readFileSync(`/proc/${each}/status`, 'utf8'));
		} catch {
			return false;
		}
	});

/** Processes of a task's supervisor, who keep the password. */
const keepers = (task: string): string[] =>
	execFileSync('ps', ['-eo', 'args'], {encoding: 'utf8'})
		.split('\n')
		.filter(line => line.includes(`/${task}/supervisor`));
