import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import type {Host} from '../../source/runtime/hosts/host.ts';
import {sshHost} from '../../source/runtime/ssh/ssh-host.ts';
import {outputOf, spec, until} from '../helpers/task-host.ts';
import {labConfig} from './lab-config.ts';
import {type LabHost, labHost} from './lab-host.ts';
import type {LabOptions} from './lab-options.ts';
import {labRun, unattended} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

const limit = {timeout: 400_000};
const everybody = '[Login]\nKillOnlyUsers=root admin operator\nKillExcludeUsers=nobody\n';

/** The host as a session over SSH has it: closing it is a logout. */
function login(context: TestContext, lab: LabHost): Host {
	const env = {...process.env, HANDRAIL_SSH_CONFIG: labConfig(lab.folder, [lab])};
	const host = sshHost(lab.name, {host: lab.name}, {env, acceptsNew: false});
	context.after(() => host.close());
	return host;
}

async function connected(context: TestContext, lab: LabHost): Promise<Host> {
	const host = login(context, lab);
	await host.connect(new AbortController().signal);
	return host;
}

const counts = async (lab: LabHost, program: string) => Number(await lab.exec(`pgrep -c -f '^${program}$' || true`));

/** All that is to be ended at logout has been: a process of the same session tells. */
async function logOut(lab: LabHost, host: Host): Promise<void> {
	const script = 'setsid sleep 4321 >/dev/null 2>&1 & until pgrep -f "^sleep 4321"; do sleep 0.05; done';
	await host.read({script, interpreter: ['sh'], values: {}, timeout: 10_000});
	assert.equal(await counts(lab, 'sleep 4321'), 1);
	await host.close();
	await until(async () => (await counts(lab, 'sleep 4321')) === 0, 30_000);
}

const safe: {title: string; options: LabOptions; prepare?: string}[] = [
	{title: 'root', options: {user: 'root'}},
	{title: 'a user with sudo without a password', options: {user: 'admin'}},
	{title: 'a user who lingers', options: {user: 'operator'}, prepare: 'loginctl enable-linger operator'},
];

describe('Where a logout ends all that a user runs', {skip: hasNoLab, concurrency: 3}, () => {
	for (const {title, options, prepare} of safe) {
		test(`a task of ${title} goes on, with its secrets, output and status`, limit, async context => {
			const files = {'/etc/systemd/logind.conf.d/kill.conf': everybody};
			const lab = await labHost(context, {...options, files});
			if (prepare) await lab.exec(prepare);
			const host = await connected(context, lab);
			assert.deepEqual(await host.durable(), {can: true});
			const script = 'id -un; echo "$SECRET" | tr a-z A-Z; until [ -e /run/gate ]; do sleep 0.1; done; exit 37';
			await host.start(spec('run.t1', script, {secrets: ['SECRET']}), {SECRET: Buffer.from('hush')});
			await logOut(lab, host);
			const again = await connected(context, lab);
			assert.equal((await again.ask('run.t1')).is, 'running');
			await lab.exec('touch /run/gate');
			assert.equal((await outputOf(again, 'run.t1')).toString(), `${lab.user}\nHUSH\n`);
			assert.deepEqual(await again.ask('run.t1'), {is: 'ended', exit: 37, bytes: lab.user.length + 6});
			await again.reap('run.t1');
			assert.equal(await lab.exec("systemctl list-units --all --no-legend 'handrail*'"), '');
			assert.doesNotMatch(await lab.exec('journalctl --no-pager --quiet || true'), /HUSH|hush/);
		});
	}

	test('what insists is refused to anybody else, and other changes are begun after a warning', limit, async context => {
		const it = await labRun(context, {user: 'operator', killsUserProcesses: true});
		const document = (words: string) => `# T\n\n## A\n\n\`\`\`sh { name=a ${words} }\ntouch "$HOME/${words}"\n\`\`\`\n`;
		const refused = await it.program.run(unattended(it, document('durable')));
		assert.equal(refused.code, 5, refused.err);
		assert.match(refused.err, /durable: .*loginctl enable-linger operator, as root/);
		const begun = await it.program.run([
			...unattended(it, document('risk=changes'), '--break-lock', 'it was refused').filter(word => word !== '--json'),
			'--plain',
		]);
		assert.equal(begun.code, 0, begun.err);
		assert.match(
			begun.out,
			/WARNING: what runs there does not outlive the connection: .*enable-linger operator(.|\n)*run a\/a/,
		);
		assert.equal(await it.host.exec('ls /home/operator'), 'risk=changes\n');
	});
});

describe('A task in a scope', {skip: hasNoLab, concurrency: 2}, () => {
	test('finds all that a task without one finds', limit, async context => {
		const lab = await labHost(context, {user: 'root'});
		const host = await connected(context, lab);
		const script = `env | grep -v '^SSH_\\|^XDG_SESSION_ID=\\|^HANDRAIL_OUTPUT=' | sort; umask; id; pwd; nice
cat /proc/self/limits /proc/self/loginuid /proc/self/oom_score_adj; grep '^Sig[BIC]\\|^Cap\\|^NoNew\\|^Groups' /proc/self/status
ls -l /proc/self/fd | sed 's/.* \\([0-9]*\\) -> .*/\\1/'; tail -n 1 /proc/self/cgroup`;
		const outputs: string[] = [];
		for (const [number, prepare] of ['true', 'mv /usr/bin/systemd-run /usr/bin/none'].entries()) {
			await lab.exec(prepare);
			await host.start(spec(`same.t${number}`, script), {});
			outputs.push((await outputOf(host, `same.t${number}`)).toString());
		}
		const parts = outputs.map(output => output.trimEnd().split(/\n(?=0::)/));
		assert.match(parts[0]![1]!, /\/system\.slice\/handrail-same\.t0-\w+\.scope$/);
		assert.match(parts[1]![1]!, /session-\w+\.scope$/);
		assert.equal(parts[0]![0], parts[1]![0]);
		assert.match(parts[0]![0]!, /^HOME=\/root\n(.|\n)*^PATH=/m);
	});

	test(
		'is ended with all that has left its group, and leaves a daemon alone that it has started',
		limit,
		async context => {
			const lab = await labHost(context, {user: 'root'});
			const host = await connected(context, lab);
			const strays = `setsid sleep 1001 & setsid env -i sleep 1002 & (trap '' TERM; setsid env -i sleep 1003) &`;
			await host.start(spec('stray.t1', `${strays} sleep 1004`), {});
			const left = () => counts(lab, 'sleep 100[1-4]');
			await until(async () => (await left()) === 4);
			await host.cancel('stray.t1', 'TERM');
			await until(async () => (await left()) === 1);
			assert.equal((await host.ask('stray.t1')).is, 'running');
			await host.cancel('stray.t1', 'KILL');
			const report = await until(async () => {
				const said = await host.ask('stray.t1');
				return said.is === 'ended' && said;
			});
			assert.deepEqual([report.exit, await left()], [143, 0]);
			await host.start(spec('daemon.t1', 'setsid sleep 1005 >/dev/null 2>&1 & exit 3'), {});
			await outputOf(host, 'daemon.t1');
			await host.cancel('daemon.t1', 'KILL');
			await host.reap('daemon.t1');
			assert.equal(await counts(lab, 'sleep 1005'), 1);
		},
	);

	test('says that processes are still at work where only its supervisor was killed', limit, async context => {
		const lab = await labHost(context, {user: 'root'});
		const host = await connected(context, lab);
		await host.start(spec('orphan.t1', 'setsid env -i sleep 1006 & sleep 1007'), {});
		await until(async () => (await counts(lab, 'sleep 100[67]')) === 2);
		await lab.exec(
			'kill -9 $(cut -d " " -f 1 /root/.local/state/handrail/tasks/orphan.t1/pid); pkill -9 -f "^sleep 1007"',
		);
		await until(async () => (await host.ask('orphan.t1')).is === 'lost');
		assert.deepEqual(await host.ask('orphan.t1'), {is: 'lost', rebooted: false, alive: true});
		await host.cancel('orphan.t1', 'TERM');
		await until(async () => {
			const said = await host.ask('orphan.t1');
			return said.is === 'lost' && !said.alive;
		});
	});
});
