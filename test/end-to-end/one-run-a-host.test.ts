import assert from 'node:assert/strict';
import {existsSync, globSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {type Ended, Program, type Running} from '../helpers/program.ts';
import {hasNoSshd, sshServer} from '../helpers/ssh/ssh-server.ts';
import {until} from '../helpers/task-host.ts';

const unattended = ['--yes', '--trust', '--json'];

/** Two programs, each with a state folder of its own as two operators have it, and one host. */
type Pair = {ada: Program; bo: Program; host: string; lock: string; folder: string; tasks: string};

const places: {name: string; skip: string | false; pair(context: TestContext): Promise<Pair>}[] = [
	{
		name: 'this machine',
		skip: false,
		async pair(context) {
			const [ada, bo] = [new Program(context), new Program(context)];
			const {XDG_STATE_HOME, HANDRAIL_LOCK} = ada.env;
			Object.assign(bo.env, {XDG_STATE_HOME, HANDRAIL_LOCK});
			const tasks = join(XDG_STATE_HOME!, 'handrail/tasks');
			return {ada, bo, host: 'local', lock: HANDRAIL_LOCK!, folder: ada.folder, tasks};
		},
	},
	{
		name: 'a real sshd',
		skip: hasNoSshd,
		async pair(context) {
			const server = await sshServer(context);
			const [ada, bo] = [new Program(context), new Program(context)];
			for (const {env} of [ada, bo]) env['HANDRAIL_SSH_CONFIG'] = server.file('config');
			const tasks = server.file('home/state/handrail/tasks');
			return {ada, bo, host: 'web1', lock: server.file('lock'), folder: server.folder, tasks};
		},
	},
];

/** A change that waits for a file, and says when it is under way. */
const document = (folder: string): string => `# Change

## Go

\`\`\`sh { name=go }
echo begun
echo run >> '${folder}/counter'
until [ -e '${folder}/gate' ]; do sleep 0.1; done
\`\`\`
`;

const started = (program: Program, {folder, host}: Pair): Running =>
	program.start(['run', program.write('change.md', document(folder)), '-H', host, ...unattended]);

/** The run of a program, once its change is under way and recorded here. */
const underWay = (program: Program): Promise<string> =>
	until(() => {
		const [run] = existsSync(join(program.state, 'runs')) ? readdirSync(join(program.state, 'runs')) : [];
		return run && globSync(program.file(run, 'tasks/*/output')).some(file => readFileSync(file).length > 0) && run;
	}, 30_000);

const counted = ({folder}: Pair): string => readFileSync(join(folder, 'counter'), 'utf8');

function assertRefused(ended: Ended, owner: string): void {
	assert.equal(ended.code, 5, ended.out + ended.err);
	assert.match(ended.err, new RegExp(`lock: \\S+@\\S+ with run ${owner} since 2\\d{3}-.*--break-lock REASON`));
}

for (const {name, skip, pair} of places) {
	test(`on ${name} a second run changes nothing while the first one is open, and does once it has ended`, {
		skip,
		timeout: 120_000,
	}, async context => {
		const it = await pair(context);
		const first = started(it.ada, it);
		const run = await underWay(it.ada);
		assertRefused(await started(it.bo, it).ended, run);
		assert.equal(counted(it), 'run\n');
		writeFileSync(join(it.folder, 'gate'), '');
		assert.equal((await first.ended).code, 0);
		const resumed = await it.bo.run(['resume', ...unattended]);
		assert.equal(resumed.code, 0, resumed.out + resumed.err);
		assert.equal(counted(it), 'run\nrun\n');
		assert.ok(!existsSync(it.lock), 'the lock is given back');
	});

	test(`on ${name} the lock of a killed run keeps others out, lets that run go on, and can be broken with a reason`, {
		skip,
		timeout: 120_000,
	}, async context => {
		const it = await pair(context);
		const first = started(it.ada, it);
		const run = await underWay(it.ada);
		first.child.kill('SIGKILL');
		await first.ended;
		const refused = await started(it.bo, it).ended;
		assertRefused(refused, run);
		const broken = await it.bo.run(['resume', ...unattended, '--break-lock', 'nobody is there']);
		assert.equal(broken.code, 5, broken.out + broken.err);
		assert.match(broken.err, new RegExp(`still at work on this host: t0001 of run ${run}, .*RUNNING`));
		writeFileSync(join(it.folder, 'gate'), '');
		await until(() => existsSync(join(it.tasks, `${run}.t0001`, 'exit')));
		const late = await it.bo.run(['resume', ...unattended, '--break-lock', 'nobody is there']);
		assert.equal(late.code, 0, late.out + late.err);
		const [theirs] = await it.bo.runs();
		const events = it.bo.journal(theirs!.id);
		const gone = events.find(event => event.type === 'deviation');
		assert.ok(gone?.about.kind === 'break-lock' && gone.about.owner.run === run && gone.reason === 'nobody is there');
		const resumed = await it.ada.run(['resume', ...unattended]);
		assert.equal(resumed.code, 0, resumed.out + resumed.err);
		assert.equal(counted(it), 'run\nrun\n', 'what was under way was not run twice');
		assert.deepEqual(readdirSync(it.tasks), [], 'no task is left');
	});
}
