import assert from 'node:assert/strict';
import {globSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {variantsOf} from '../../source/core/text/mask-variants.ts';
import {plainText} from '../../source/core/text/plain-text.ts';
import {Program} from '../helpers/program.ts';
import {hasNoSshd, type SshServer, sshServer} from '../helpers/ssh/ssh-server.ts';
import {until} from '../helpers/task-host.ts';

const secret = `Zq7! "hunter" $x 'ä'/+w`;
const forms = variantsOf(secret);

/** Prints a secret in every way that it is to be masked in. */
const runbook = (folder: string) => `---
handrail: 1
title: A secret
inputs:
  PASSWORD: { prompt: The password, secret: true }
---
# A secret

## Use it

\`\`\`sh { name=print durable }
echo "it is $PASSWORD"
echo "to the other stream: $PASSWORD" >&2
printf '%s\\n' "$PASSWORD" | base64
printf '%70s%s\\n' '' "$PASSWORD" | base64
printf '%70s%.9s\\r\\n' '' "$PASSWORD"
printf '%s\\n' "$PASSWORD" | cut -c 10-
printf '\\033[1m%.5s\\033[0m' "$PASSWORD"
printf '%s\\n' "$PASSWORD" | cut -c 6-
printf %s "$PASSWORD" | head -c 7
touch ${folder}/waiting
while ! [ -e ${folder}/go ]; do sleep 0.05; done
printf %s "$PASSWORD" | tail -c +8
\`\`\`

\`\`\`sh { name=ask tty }
printf 'on a terminal: %s\\n' "$PASSWORD"
\`\`\`

\`\`\`sh { name=hand capture=COPY }
echo "$PASSWORD"
echo "OTHER=<$PASSWORD>" >> "$HANDRAIL_OUTPUT"
echo "PLAIN=of no matter" >> "$HANDRAIL_OUTPUT"
\`\`\`

## Fail with it

\`\`\`sh { name=fail fail-match="^E: " }
echo "E: cannot log in with $PASSWORD ($PLAIN)"
\`\`\`

## Rollback

\`\`\`sh { available }
echo "with $OTHER and $COPY"
\`\`\`

\`\`\`sh { name=back }
echo back
\`\`\`

## Troubleshooting

### Login

\`\`\`text { symptom }
cannot log in
\`\`\`
`;

for (const [transport, view] of [
	['ssh2', '--json'],
	['openssh', '--plain'],
] as const) {
	test(`a secret on a host over ${transport} is found nowhere but in what a command printed itself`, {
		skip: hasNoSshd,
		timeout: 60_000,
	}, async context => {
		const program = new Program(context);
		const server = await sshServer(context);
		Object.assign(program.env, {HANDRAIL_SSH_CONFIG: server.file('config')});
		const document = program.write('doc.md', runbook(server.folder));
		const flags = ['--yes', '--trust', view, '--transport', transport, '--secret', 'PASSWORD=fd:3'];
		const running = program.start(['run', document, '-H', 'web1', ...flags], {secret: `${secret}\n`});
		await until(() => globSync(server.file('waiting')).length > 0, 30_000);
		assertNotInProcesses();
		assertNotInFiles(program, server);
		writeFileSync(server.file('go'), '');
		const ended = await running.ended;
		assert.equal(ended.code, 1, ended.out + ended.err);
		assert.match(ended.out, /\*\*\*/);
		const run = (await program.runs())[0]!.id;
		assert.match(program.outputs(run)['use-it/print']!, /it is Zq7! "hunter"/, 'the record of its output is exact');
		const captured = program.journal(run).find(event => event.type === 'values.captured');
		assert.partialDeepStrictEqual(captured, {values: {PLAIN: 'of no matter'}, withheld: ['OTHER', 'COPY']});
		const shown = [`${ended.out}${ended.err}`, printed(ended.out)];
		for (const words of [['report', run], ['report', run, '--format', 'json'], ['runs']]) {
			const {out, err} = await program.run(words);
			shown.push(out + err);
		}
		const watching = program.start(['runs', 'watch', run]);
		assert.ok(await watching.until(out => out.includes('FAILED')));
		watching.child.kill('SIGINT');
		shown.push((await watching.ended).out);
		for (const text of shown) assertNotIn(text, 'what is shown');
		assertNotInFiles(program, server);
	});
}

/** What commands printed, as it is shown: in lines behind a bar, or in lines of JSON. */
const printed = (out: string): string =>
	out
		.split('\n')
		.map(line => (line.startsWith('{"type":"output"') ? JSON.parse(line).text : `${line.replace(/^ +\| /, '')}\n`))
		.join('');

/** Also where a line was wrapped in it, and where colours stand in it. */
function assertNotIn(text: string, where: string): void {
	for (const each of [text, plainText(text), plainText(text).replaceAll('\n', '')]) {
		for (const form of forms) assert.ok(!each.includes(form), `${form} stands in ${where}`);
	}
}

function assertNotInProcesses(): void {
	let count = 0;
	for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
		for (const file of ['cmdline', 'environ']) {
			try {
				const bytes = readFileSync(`/proc/${id}/${file}`);
				for (const form of forms) assert.ok(!bytes.includes(form), `${form} stands in ${file} of process ${id}`);
				count++;
			} catch (error) {
				// Gone, or another user's.
				if ((error as Error).name === 'AssertionError') throw error;
			}
		}
	}
	assert.ok(count > 10);
}

/** What a command printed or handed on by itself: it stays as it is. */
const own = new Set(['output', 'stdout', 'handed']);

function assertNotInFiles(program: Program, server: SshServer): void {
	const files = [program.folder, server.folder].flatMap(folder =>
		globSync(join(folder, '**'), {withFileTypes: true}).filter(entry => entry.isFile() && !own.has(entry.name)),
	);
	assert.ok(files.length > 10);
	for (const {parentPath, name} of files) {
		const path = join(parentPath, name);
		assertNotIn(readFileSync(path, 'utf8'), path);
	}
}
