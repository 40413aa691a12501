// Programs that ask, on the terminal of a command on a real sshd, answered by hand in a terminal of 80x24.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {hasNoSshd, sshServer} from '../helpers/ssh/ssh-server.ts';
import {until} from '../helpers/task-host.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const jsx = fileURLToPath(new URL('../helpers/jsx.ts', import.meta.url));
const missing = ['script', 'vim.tiny', 'less', 'whiptail', 'dpkg-deb'].find(
	program => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
);
const skip = isMissing() || hasNoSshd || (missing !== undefined && `${missing} is not installed`);

const fence = (name: string, script: string, attributes = 'tty') =>
	`\`\`\`sh { name=${name} risk=reads ${attributes} }\n${script}\n\`\`\`\n`;

async function open(context: TestContext, fencesIn: (folder: string) => string, words: string) {
	const program = new Program(context);
	const fences = fencesIn(program.folder);
	const file = program.write('asks.md', `---\nhandrail: 1\n---\n# Asks\n## Ask\n### Here\n${fences}`);
	const server = await sshServer(context);
	const env = {...program.env, HANDRAIL_SSH_CONFIG: server.file('config')};
	const tmux = new Tmux(context, program.folder, env);
	tmux.type(`clear; "${process.execPath}" --import ${jsx} ${cli} run ${file} ${words}; echo "ended with $?"`);
	return {program, tmux};
}

/** Starts what stands there and answers it by hand. */
async function answer(tmux: Tmux, name: string): Promise<void> {
	await tmux.until(/Enter runs it/);
	// What is typed in the first second after a command has ended was meant for that.
	await wait(1100);
	tmux.keys('Enter');
	await tmux.until(new RegExp(`output of here/${name}[^\\n]*running[\\s\\S]*i answer`));
	tmux.keys('i');
	await tmux.until(/INTERACTION: keys go to web1; ctrl-\] leaves/);
}

test('an editor, a pager, a dialog and a password are answered as on a terminal of their own', {
	skip,
}, async context => {
	const fences = (folder: string) => [
		fence('edit', `vim.tiny -u NONE '${folder}/text'`),
		fence('page', `seq 1 300 | sed 's/^/line /' > '${folder}/lines'; LESS= less '${folder}/lines'`),
		fence('dialog', "whiptail --yesno 'Restart the services?' 10 40 || echo 'said no'"),
		fence('password', `printf 'Password: '; stty -echo; read -r p; stty echo; [ "$p" = hunter2 ] && echo right`),
	];
	const {program, tmux} = await open(context, folder => fences(folder).join(''), '-H web1');

	await answer(tmux, 'edit');
	await tmux.until(/^~\n[\s\S]*INTERACTION/m);
	tmux.keys('i');
	for (const word of ['one ', 'two ', 'grün']) tmux.keys('-l', word);
	tmux.keys('Escape', '0', 'x');
	await tmux.until(/^ne two grün$/m);
	tmux.type(':wq');
	await tmux.until(/here\/edit: it has ended/);
	assert.equal(readFileSync(join(program.folder, 'text'), 'utf8'), 'ne two grün\n');

	await answer(tmux, 'page');
	assert.equal((await tmux.until(/line 21\n[\s\S]*INTERACTION/)).split('\n').length, 24);
	tmux.keys('Down');
	await tmux.until(/line 22\n/);
	tmux.keys('NPage');
	await tmux.until(/line 43\n/);
	tmux.keys('C-]');
	await tmux.until(/keys act on this screen again/);
	tmux.keys('i');
	await tmux.until(/INTERACTION/);
	tmux.keys('q');
	await tmux.until(/here\/page: it has ended/);

	await answer(tmux, 'dialog');
	await tmux.until(/Restart the services\?[\s\S]*<Yes> +<No>/);
	tmux.keys('Tab', 'Enter');
	await tmux.until(/said no/);

	await answer(tmux, 'password');
	await tmux.until(/Password:/);
	tmux.type('hunter2');
	await tmux.until(/The run is completed[\s\S]*Password: right/);
	await wait(1100);
	tmux.keys('q');
	await tmux.until(/y {2}yes/);
	await wait(600);
	tmux.keys('y');
	await tmux.until(/ended with 0/);
	const [run] = await program.runs();
	assert.equal(program.journal(run!.id).filter(event => event.type === 'task.answered').length, 5);
	for (const text of [...Object.values(program.outputs(run!.id)), JSON.stringify(program.journal(run!.id))])
		assert.ok(!text.includes('hunter2'), 'what was typed is recorded nowhere');
});

const conffile = String.raw`umask 022
mkdir -p "$DIR" && cd "$DIR"
for v in 1 2; do
	mkdir -p p$v/DEBIAN p$v/etc
	printf 'Package: asks\nVersion: %s\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: asks\n' $v > p$v/DEBIAN/control
	echo /etc/asks.conf > p$v/DEBIAN/conffiles
	echo "version $v" > p$v/etc/asks.conf
	dpkg-deb --root-owner-group -b p$v asks$v.deb
done > made
mkdir -p root/var/lib/dpkg/info root/var/lib/dpkg/updates
: > root/var/lib/dpkg/status
dpkg --force-not-root --root="$DIR/root" -i asks1.deb >> made
echo edited > root/etc/asks.conf
dpkg --force-not-root --root="$DIR/root" -i asks2.deb`;

test("in lines, dpkg's question about a file is noticed, said and answered", {skip}, async context => {
	const fences = (folder: string) => fence('upgrade', conffile.replaceAll('$DIR', `${folder}/dpkg`));
	const {program, tmux} = await open(context, fences, '-H web1 --plain');
	await tmux.until(/run it: it only reads[\s\S]*\n>$/);
	tmux.keys('Enter');
	await tmux.until(/\(Y\/I\/N\/O\/D\/Z\) \[default=N\] \?\n.*t0001 is silent: it waits for input \(ctrl-c, then i/);
	tmux.keys('C-c');
	await tmux.until(/here\/upgrade is running; it waits for input\. What now\?[\s\S]*i +answer it[\s\S]*\n>$/);
	tmux.type('i');
	await tmux.until(/A line for t0001:/);
	tmux.type('y');
	await tmux.until(/ended with 0/);
	assert.equal(readFileSync(join(program.folder, 'dpkg/root/etc/asks.conf'), 'utf8'), 'version 2\n');
	const [run] = await program.runs();
	const said = program.journal(run!.id).flatMap(event => (event.type === 'task.silent' ? [event.waits] : []));
	assert.deepEqual(said, ['input']);
	const report = await program.run(['report', run!.id]);
	assert.match(report.out, /Answered by hand: task `t0001`, with a line, at .* by /);
});

test('unattended, a command that waits for input stops the run, which says so', {skip}, async context => {
	const program = new Program(context);
	const asks = fence('asks', "printf 'Continue? [Y/n] '; read -r answer", 'idle=1s');
	const file = program.write('asks.md', `---\nhandrail: 1\n---\n# Asks\n## Ask\n${asks}`);
	const ended = await program.run(['run', file, '-H', 'local', '--yes', '--trust', '--plain']);
	assert.equal(ended.code, 3, ended.err);
	assert.match(ended.out, /\| Continue\? \[Y\/n\]/);
	assert.match(ended.out, /stopped: it takes longer than expected, and runs on: it waits for input/);
	await until(async () => (await program.runs()).length === 1);
});
