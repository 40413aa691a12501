import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const runbook = fileURLToPath(new URL('../fixtures/small-patching.md', import.meta.url));
const jsx = fileURLToPath(new URL('../helpers/jsx.ts', import.meta.url));
const skip = isMissing();

/** The screen in a terminal of 80x24, and what the terminal was set to before it. */
async function open(context: TestContext, words: string, env: NodeJS.ProcessEnv = {}) {
	const program = new Program(context);
	const tmux = new Tmux(context, program.folder, {...program.env, ...env});
	tmux.type('stty -a > before; clear');
	tmux.type(`"${process.execPath}" --import ${jsx} ${cli} ${words}; echo "ended with $?"; stty -a > after`);
	return {program, tmux, server: join(program.folder, 'server')};
}

type Opened = Awaited<ReturnType<typeof open>>;

const walked = (context: TestContext): Promise<Opened> => open(context, `run ${runbook} -H local`);

/** Longer than what was just drawn takes no confirmation. */
const readIt = () => wait(600);

async function confirmed(tmux: Tmux): Promise<void> {
	tmux.keys('Enter');
	await tmux.until(/y {2}yes|space {2}read on/);
	await readIt();
	while (/space {2}read on/.test(tmux.screen())) {
		tmux.keys('Space');
		await wait(100);
	}
	tmux.keys('y');
}

async function atUpdate({tmux, server}: Opened): Promise<void> {
	await tmux.until(/agree to this/);
	await readIt();
	while (/space {2}read on/.test(tmux.screen())) {
		tmux.keys('Space');
		await wait(100);
	}
	tmux.keys('y');
	await tmux.until(/y when it is done/);
	await readIt();
	tmux.keys('y');
	await tmux.until(/> \/tmp\/small-patching/);
	tmux.keys('C-u');
	tmux.type(server);
	await tmux.until(/>. \$ mkdir[\s\S]*FOLDER=[\s\S]*Enter asks/);
	await confirmed(tmux);
	await tmux.until(/>. \$ echo backup[\s\S]*Enter asks/);
	await confirmed(tmux);
	await tmux.until(/>. \$ echo updates[\s\S]*Enter runs it/);
	tmux.keys('Enter');
	await tmux.until(/How many lines/);
	tmux.keys('Enter');
	await tmux.until(/>. \$ echo apply[\s\S]*Enter asks/);
}

/** The normal screen again, and the terminal's own settings. */
async function isAsBefore({tmux, program}: Opened, ended: RegExp): Promise<string> {
	await tmux.until(ended);
	await tmux.until(/shell> $|shell>$/);
	execFileSync('cmp', [join(program.folder, 'before'), join(program.folder, 'after')]);
	return tmux.screen();
}

test('an operator walks to the completed screen, and finds what came of it on the normal one', {
	skip,
}, async context => {
	const opened = await walked(context);
	const {tmux, program} = opened;
	await atUpdate(opened);
	await confirmed(tmux);
	await tmux.until(/>. \$ echo verify[\s\S]*Enter runs it/);
	tmux.keys('Enter');
	await tmux.until(/>. \$ echo tidy[\s\S]*Enter asks/);
	await confirmed(tmux);
	const last = await tmux.until(/The run is completed/);
	assert.match(last, /COMPLETED/);
	assert.match(last, /handrail report/);
	tmux.keys('q');
	await tmux.until(/y {2}yes/);
	await readIt();
	tmux.keys('y');
	const screen = await isAsBefore(opened, /ended with 0/);
	assert.match(screen, /Patch a small server: completed, after/);
	assert.match(screen, /completed on local; see: handrail/);
	const [run] = await program.runs();
	assert.equal(run!.end, 'completed');
});

test('what fails is repaired by its entry or taken back, with the evidence before the eyes', {skip}, async context => {
	const opened = await walked(context);
	const {tmux, server, program} = opened;
	await atUpdate(opened);
	mkdirSync(server, {recursive: true});
	writeFileSync(join(server, 'interrupted'), '');
	await confirmed(tmux);
	const failed = await tmux.until(/FAILED apply-the-updates\/apply/);
	assert.match(failed, /exit 100/);
	assert.match(failed, /its output matches: Interrupted dpkg/);
	await tmux.until(/Restore the backup: the backup/);
	tmux.keys('t');
	await tmux.until(/its symptom is in the output/);
	await readIt();
	tmux.keys('Enter');
	await tmux.until(/visit[\s\S]*Enter runs it/);
	await readIt();
	tmux.keys('BSpace');
	await tmux.until(/FAILED/);
	tmux.keys('b');
	await tmux.until(/available: the backup/);
	await readIt();
	tmux.keys('1');
	await tmux.until(/visit[\s\S]*Enter asks/);
	await readIt();
	tmux.keys('Enter');
	await tmux.until(/Type local and Enter/);
	await readIt();
	tmux.type('local');
	await tmux.until(/ROLLED BACK/);
	tmux.keys('q');
	await tmux.until(/y {2}yes/);
	await readIt();
	tmux.keys('y');
	await isAsBefore(opened, /ended with 1/);
	const [run] = await program.runs();
	assert.equal(run!.end, 'rolled-back');
});

test('whatever ends it, the terminal is as before, and the run is open', {skip}, async context => {
	for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
		const opened = await walked(context);
		await opened.tmux.until(/agree to this/);
		const pid = execFileSync('pgrep', ['-f', `${cli} run ${runbook} -H local`], {encoding: 'utf8'})
			.trim()
			.split('\n');
		const own = pid.filter(each => isBelow(Number(each), opened.program.folder));
		assert.equal(own.length, 1);
		process.kill(Number(own[0]), signal);
		const screen = await isAsBefore(opened, /ended with 3/);
		assert.match(screen, /is open/);
	}
});

test('ctrl-z stops it, fg brings it back', {skip}, async context => {
	const opened = await open(context, '', {});
	const {tmux} = opened;
	await tmux.until(/Handrail/);
	tmux.keys('C-z');
	await tmux.until(/Stopped|shell>/);
	tmux.type('fg');
	await tmux.until(/Handrail[\s\S]*q leave/);
	tmux.keys('C-l');
	await wait(300);
	await tmux.until(/Handrail[\s\S]*q leave/);
	tmux.keys('q');
	await tmux.until(/shell>/);
});

test('an editor that crashes changes nothing', {skip}, async context => {
	const opened = await open(context, `run ${runbook} -H local --trust`, {EDITOR: 'exit 7; :', VISUAL: ''});
	const {tmux} = opened;
	await tmux.until(/y when it is done/);
	await readIt();
	tmux.keys('y');
	await tmux.until(/> \/tmp\/small-patching/);
	tmux.keys('Enter');
	await tmux.until(/Enter asks/);
	tmux.keys('e');
	await tmux.until(/! the editor .* ended with 7: nothing was changed/);
	tmux.keys('C-c');
	await tmux.until(/Leave\?[\s\S]*y {2}yes/);
	await readIt();
	tmux.keys('y');
	await isAsBefore(opened, /ended with 3/);
});

test('without a command the first page opens; a runbook there is begun on a host that is chosen', {
	skip,
}, async context => {
	const program = new Program(context);
	writeFileSync(join(program.folder, 'mine.md'), '# Mine\n## A\n- [ ] done\n');
	const tmux = new Tmux(context, program.folder, program.env);
	tmux.type(`"${process.execPath}" --import ${jsx} ${cli}; echo "ended with $?"`);
	await tmux.until(/Mine +mine\.md/);
	tmux.keys('Enter');
	await tmux.until(/Where is mine\.md to be walked/);
	await readIt();
	tmux.keys('Down', 'Down');
	await tmux.until(/> local/);
	tmux.keys('Enter');
	await tmux.until(/y when it is done/);
	await readIt();
	tmux.keys('y');
	await tmux.until(/The run is completed/);
	tmux.keys('q');
	await tmux.until(/y {2}yes/);
	await readIt();
	tmux.keys('y');
	await tmux.until(/ended with 0/);
});

/** Whether a process works in a folder: tests run at the same time. */
function isBelow(pid: number, folder: string): boolean {
	try {
		return execFileSync('readlink', [`/proc/${pid}/cwd`], {encoding: 'utf8'}).trim() === folder;
	} catch {
		return false;
	}
}
