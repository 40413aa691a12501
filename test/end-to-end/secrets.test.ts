import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Program} from '../helpers/program.ts';

const secret = 'correct horse "battery" $taple';
const encoded = Buffer.from(secret).toString('base64');

const runbook = (folder: string) => `---
handrail: 1
title: A secret
inputs:
  PASSWORD: { prompt: The password, secret: true }
---
# A secret

## Use it

\`\`\`sh { name=use }
echo "the password is $PASSWORD"
printf %s "$PASSWORD" | base64
echo "COPY=[$PASSWORD]" >> "$HANDRAIL_OUTPUT"
env > ${folder}/environment
for process in /proc/[0-9]*; do tr '\\0' ' ' < "$process/cmdline" || echo; done > ${folder}/arguments 2> /dev/null
for process in /proc/[0-9]*; do tr '\\0' ' ' < "$process/environ" || echo; done > ${folder}/environments 2> /dev/null
touch ${folder}/waiting
while ! [ -e ${folder}/go ]; do sleep 0.05; done
printf '%s again\\n' "$PASSWORD"
\`\`\`

\`\`\`sh { name=copy }
case $COPY in "[correct"*) ;; *) exit 1 ;; esac
\`\`\`

## Fail with it

\`\`\`sh { name=fail fail-match="^E: " }
echo "E: cannot log in with $PASSWORD"
\`\`\`
`;

const flags = ['--plain', '--yes', '--secret', 'PASSWORD=fd:3'];

test('a secret reaches the command, and no file of the state folder, no argument, no environment and no screen', async context => {
	const program = new Program(context);
	writeFileSync(join(program.folder, 'go'), '');
	const ended = await program.run(['run', program.write('doc.md', runbook(program.folder)), '-H', 'local', ...flags], {
		secret: `${secret}\n`,
	});
	assert.equal(ended.code, 3, ended.err);
	assert.match(ended.out, /the password is \*\*\*\n/);
	assert.match(ended.out, /\*\*\* again\n/);
	assert.match(ended.out, /COPY dropped: it holds a secret/);
	assert.match(ended.out, /stopped: a value is needed for COPY .* at use-it\/copy/);
	const copied = await program.run(['resume', '--plain', '--yes', '--secret', 'COPY=fd:3'], {secret: `[${secret}]`});
	assert.equal(copied.code, 3, copied.err);
	assert.match(copied.out, /done use-it\/copy/);
	const failed = await program.run(['resume', ...flags], {secret: `${secret}\n`});
	assert.equal(failed.code, 1, failed.err);
	assert.match(failed.out, /FAILED fail-with-it\/fail .*the output has: E: cannot log in with \*\*\*/);
	for (const {out, err} of [ended, copied, failed]) assertNoSecretIn(out + err, 'what is printed');
	for (const name of ['environment', 'arguments', 'environments']) {
		assertNoSecretIn(readFileSync(join(program.folder, name), 'utf8'), name);
	}
	assertNoSecretInState(program);
	const run = (await program.runs())[0]!.id;
	const captured = program.journal(run).find(event => event.type === 'values.captured');
	assert.partialDeepStrictEqual(captured, {type: 'values.captured', values: {}, dropped: ['COPY'], withheld: ['COPY']});
	const reported = await program.run(['report', run]);
	assert.equal(reported.code, 0, reported.err);
	assertNoSecretIn(reported.out, 'the report');
});

test('a secret is asked for again after a resume, also by a command that ran on meanwhile', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', runbook(program.folder));
	const first = program.start(['run', document, '-H', 'local', ...flags], {secret});
	await first.until(out => out.includes('the password is'));
	first.child.kill('SIGKILL');
	await first.ended;
	writeFileSync(join(program.folder, 'go'), '');
	const without = await program.run(['resume', '--plain', '--yes']);
	assert.equal(without.code, 3, without.err);
	assert.match(without.out, /a value is needed for PASSWORD/);
	assertNoSecretIn(without.out + without.err, 'what is printed without it');
	const ended = await program.run(['resume', ...flags], {secret});
	assert.equal(ended.code, 3, ended.err);
	assert.match(ended.out, /\*\*\* again\n/);
	assertNoSecretIn(ended.out + ended.err, 'what is printed');
	assertNoSecretInState(program);
});

test('of a secret that is too short to be masked is said so, in lines and beside JSON', async context => {
	const program = new Program(context);
	const text = runbook(program.folder)
		.replace(/^env >[\s\S]*?done$/m, '')
		.replace('base64', 'cat');
	writeFileSync(join(program.folder, 'go'), '');
	for (const view of ['--plain', '--json']) {
		const words = ['run', program.write('doc.md', text), '-H', 'local', '--yes', view, '--secret', 'PASSWORD=fd:3'];
		const {out, err} = await program.run(words, {secret: 'abc'});
		const said = view === '--json' ? err : out;
		assert.equal(said.split('PASSWORD is too short to be masked').length, 2, said);
	}
});

test('where a secret cannot be read, nothing is begun', async context => {
	const program = new Program(context);
	const document = program.write('doc.md', runbook(program.folder));
	const cases: [flag: string, given: string, message: RegExp][] = [
		['PASSWORD=fd:3', '', /The secret PASSWORD is empty/],
		['PASSWORD=fd:3', 'one\ntwo\n', /has more than one line/],
		['PASSWORD=fd:99', secret, /cannot be read from file descriptor 99 \(EBADF\)/],
		['PASSWORD=hunter2', secret, /--secret takes NAME=fd:N/],
		['OTHER=fd:3', secret, /The runbook declares no secret input OTHER/],
	];
	for (const [flag, given, message] of cases) {
		const ended = await program.run(['run', document, '-H', 'local', '--plain', '--secret', flag], {secret: given});
		assert.equal(ended.code, 2, flag);
		assert.match(ended.err, message);
		assert.ok(!ended.err.includes('hunter2'), 'what may be a secret is not repeated');
	}
	assert.ok(!existsSync(join(program.state, 'runs')), 'no run was begun');
});

/** Raw output is what the command printed; everything else is Handrail's own. */
function assertNoSecretInState(program: Program) {
	const files = globSync('**/*', {cwd: program.state, withFileTypes: true}).filter(entry => entry.isFile());
	assert.ok(files.length >= 5);
	for (const {parentPath, name} of files) {
		if (name !== 'output') assertNoSecretIn(readFileSync(join(parentPath, name), 'utf8'), join(parentPath, name));
	}
}

function assertNoSecretIn(text: string, where: string) {
	for (const form of [secret, JSON.stringify(secret).slice(1, -1), encoded, 'battery']) {
		assert.ok(!text.includes(form), `${form} stands in ${where}: ${text}`);
	}
}
