import assert from 'node:assert/strict';
import {copyFileSync, existsSync, globSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {hasNoSshd, type SshServer, sshServer} from '../helpers/ssh/ssh-server.ts';
import {Wire} from '../helpers/ssh/wire.ts';
import {until} from '../helpers/task-host.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const runbook = (folder: string) => `---
handrail: 1
title: Two steps
---
# Two steps

## Change

\`\`\`sh { name=change durable expect=7 }
echo change >> '${folder}/counter'
for i in 1 2 3 4 5 6 7 8; do
	echo "line $i"
	[ $i -lt 3 ] || until [ -e '${folder}/gate' ] || [ ! -e '${folder}' ]; do sleep 0.1; done
done
exit 7
\`\`\`

## Tell

- [ ] Everybody knows
`;
const lines = Array.from({length: 8}, (_, at) => `line ${at + 1}\n`).join('');

const jsx = fileURLToPath(new URL('../helpers/jsx.ts', import.meta.url));

type Lab = {program: Program; server: SshServer; wire: Wire; file: string};

/** The program, a real sshd, and between them a wire on which silence is noticed within 3 s. */
async function lab(context: TestContext, lines: (folder: string) => string[] = () => []): Promise<Lab> {
	const program = new Program(context);
	const server = await sshServer(context, lines(program.folder));
	const wire = await Wire.open(context, server.port);
	const quick = ['ServerAliveInterval 1', 'ServerAliveCountMax 2', 'ConnectTimeout 2', 'HostKeyAlias web'];
	server.configure(quick, wire.port);
	server.know([`web ${server.key()}`]);
	Object.assign(program.env, {HANDRAIL_SSH_CONFIG: server.file('config')});
	return {program, server, wire, file: program.write('two-steps.md', runbook(server.folder))};
}

const unattended = ['--yes', '--trust', '--plain', '--skip-manual', 'a test'];

/** Resolves when the change is under way and has printed something that is recorded here. */
async function untilHalf({program}: Lab): Promise<string> {
	return await until(() => {
		const [run] = existsSync(`${program.state}/runs`) ? readdirSync(`${program.state}/runs`) : [];
		const outputs = run ? globSync(program.file(run, 'tasks', '*', 'output')) : [];
		return outputs.some(output => readFileSync(output, 'utf8').includes('line 3')) && run;
	}, 30_000);
}

function assertDone({program, server}: Lab, run: string): void {
	assert.equal(readFileSync(server.file('counter'), 'utf8'), 'change\n');
	assert.deepEqual(program.outputs(run), {'change/change': lines});
	const ended = program.journal(run).find(event => event.type === 'block.ended' && event.block === 'change/change');
	assert.partialDeepStrictEqual(ended, {end: 'done', exit: 7});
	assert.deepEqual(readdirSync(server.file('home/state/handrail/tasks')), [], 'no task is left on the host');
}

test('A wire that lies dead is noticed, a signal meanwhile leaves at once, and resume has every byte once', {
	skip: hasNoSshd,
	timeout: 60_000,
}, async context => {
	const it = await lab(context);
	const running = it.program.start(['run', it.file, '-H', 'web1', ...unattended]);
	const run = await untilHalf(it);
	it.wire.isDead = true;
	assert.ok(await running.until(out => /connection lost: .*what runs goes on there/.test(out)), running.err);
	const signalled = performance.now();
	running.child.kill('SIGINT');
	const left = await running.ended;
	assert.ok(performance.now() - signalled < 5000);
	assert.equal(left.code, 3, left.out + left.err);
	assert.match(left.out, /run \S+ is open on web1.*go on: handrail resume/);
	it.wire.isDead = false;
	writeFileSync(it.server.file('gate'), '');
	const resumed = await it.program.run(['resume', ...unattended]);
	assert.equal(resumed.code, 0, resumed.out + resumed.err);
	assertDone(it, run);
});

test('A flood on both streams is recorded as fast as its reader reads on, so that nothing fills the memory', {
	skip: hasNoSshd,
	timeout: 60_000,
}, async context => {
	const {program} = await lab(context);
	const count = 1_000_000;
	const flood = `yes "some words of a line of output" | head -n ${count}`;
	const document = `---\nhandrail: 1\n---\n# T\n## Flood\n\`\`\`sh { name=it risk=reads }\n${flood}\n${flood} >&2\n\`\`\`\n`;
	const running = program.start(['run', program.write('flood.md', document), '-H', 'web1', ...unattended]);
	running.child.stdout!.pause();
	const output = () => globSync(join(program.state, 'runs', '*', 'tasks', '*', 'output'))[0];
	const sizes: number[] = [];
	await until(() => {
		sizes.push(output() ? statSync(output()!).size : 0);
		return sizes.at(-1)! > 0 && sizes.slice(-20).every((size, _, last) => last.length === 20 && size === last[0]);
	}, 30_000);
	assert.ok(sizes.at(-1)! < 16_000_000, `${sizes.at(-1)} bytes were read on for nobody`);
	running.child.stdout!.resume();
	const ended = await running.ended;
	assert.equal(ended.code, 0, ended.err);
	assert.equal(statSync(output()!).size, 2 * count * 31);
	assert.equal(ended.out.split('| some words of a line of output\n').length, 2 * count + 1);
});

/** Every command on the server finds another machine-id once there is a file that holds it. */
const disguised = (folder: string): string[] => [
	`ForceCommand if [ -e ${folder}/other ]; then exec unshare -m sh -c 'mount --bind ${folder}/other /etc/machine-id && eval "$SSH_ORIGINAL_COMMAND"'; else eval "$SSH_ORIGINAL_COMMAND"; fi`,
];

const impostors: [what: string, lines: typeof disguised | undefined, disguise: (it: Lab, other: SshServer) => void][] =
	[
		[
			'host key',
			undefined,
			(it, other) => {
				it.server.know([`web ${other.key()}`]);
				copyFileSync(it.server.file('authorized_keys'), other.file('authorized_keys'));
				it.wire.target = other.port;
			},
		],
		[
			'machine-id',
			disguised,
			it => writeFileSync(join(it.program.folder, 'other'), `${'0123456789abcdef'.repeat(2)}\n`),
		],
	];

for (const [what, lines, disguise] of impostors) {
	test(`Another ${what} behind the same address after a cut is another machine: exit 5, and nothing runs there`, {
		skip: hasNoSshd || (process.getuid?.() !== 0 && 'only root can be another machine'),
		timeout: 60_000,
	}, async context => {
		const it = await lab(context, lines);
		const other = await sshServer(context);
		const running = it.program.start(['run', it.file, '-H', 'web1', ...unattended]);
		const run = await untilHalf(it);
		disguise(it, other);
		it.wire.cut();
		const ended = await running.ended;
		assert.equal(ended.code, 5, ended.out + ended.err);
		assert.match(ended.out, new RegExp(`another machine answers: its ${what} is .*Nothing was run on it`));
		assert.ok(!existsSync(other.file('home/state/handrail')), 'not even a folder was made there');
		assert.equal(it.program.journal(run).at(-1)?.type, 'link.lost', 'the run is open');
		writeFileSync(it.server.file('gate'), '');
	});
}

const skip = hasNoSshd || isMissing();

function open({program, file}: Lab, context: TestContext, more: string): Tmux {
	const tmux = new Tmux(context, program.folder, program.env);
	tmux.type(
		`clear; "${process.execPath}" --import ${jsx} ${cli} run ${file} -H web1 --yes ${more}; echo "ended with $?"`,
	);
	return tmux;
}

test('The screen says since when the connection is lost and when it is tried next, and goes on when it is back', {
	skip,
	timeout: 60_000,
}, async context => {
	const it = await lab(context);
	const tmux = open(it, context, '');
	await tmux.until(/line 3/);
	const run = await untilHalf(it);
	it.wire.isDead = true;
	await tmux.until(/CONNECTION LOST since \d\d:\d\d:\d\d; (next try in \d+ s|trying now); the command goes on there/);
	await tmux.until(/next try in \d+ s/);
	tmux.keys('x');
	await tmux.until(/! x \(cancel\): the connection is lost: it is tried again by itself/);
	assert.doesNotMatch(tmux.screen(), /cancel +\S+ .*help/);
	it.wire.isDead = false;
	writeFileSync(it.server.file('gate'), '');
	const back = await tmux.until(/y when it is done/);
	assert.doesNotMatch(back, /CONNECTION LOST/);
	// Longer than what was just drawn takes no confirmation.
	await wait(600);
	tmux.keys('y');
	await tmux.until(/is completed/);
	tmux.keys('q');
	await tmux.until(/Leave\?/);
	await wait(600);
	tmux.keys('y');
	await tmux.until(/ended with 0/);
	assertDone(it, run);
});

test('In lines a question is taken back while the connection is lost, and asked again when it is back', {
	skip,
	timeout: 60_000,
}, async context => {
	const it = await lab(context);
	writeFileSync(it.server.file('gate'), '');
	const tmux = open(it, context, '--plain');
	await tmux.until(/To do by hand: Everybody[\s\S]*\n>$/);
	const before = tmux.all().split('To do by hand').length;
	it.wire.cut();
	await tmux.until(/connection lost: /);
	await until(() => tmux.all().split('To do by hand').length > before && /\n>$/.test(tmux.screen()));
	tmux.type('y');
	await tmux.until(/ended with 0/);
});
