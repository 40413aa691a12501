import assert from 'node:assert/strict';
import {chmodSync, copyFileSync, existsSync, globSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Program} from '../helpers/program.ts';
import {hasNoSshd, sshServer} from '../helpers/ssh/ssh-server.ts';
import {noSudo, type SudoUser, sudoUser} from '../helpers/sudo-user.ts';
import {until} from '../helpers/task-host.ts';

const skip = hasNoSshd || noSudo;

const runbook = (folder: string) => `---
handrail: 1
title: What root does
---
# What root does

## Look

\`\`\`sh { name=look risk=reads }
sudo id -un
\`\`\`

## Change

\`\`\`sh { name=change }
echo "by $(id -un)" | sudo tee ${folder}/made
touch ${folder}/waiting
while ! [ -e ${folder}/go ]; do sleep 0.05; done
sudo -k
sudo stat -c %U ${folder}/made
\`\`\`

\`\`\`sh { check sudo }
test "$(id -u)" = 0 && test -s ${folder}/made
\`\`\`
`;

test('A sudo that asks is given its password over SSH, also when the connection is lost, and it is found nowhere', {
	skip,
}, async context => {
	const {program, server, user, options} = await onServer(context);
	const document = program.write('doc.md', runbook(user.home));
	const flags = ['--secret', 'sudo=fd:3', '--trust', '--yes'];
	const run = program.start(['run', document, '-H', 'web1', '--json', ...flags], {...options, secret: user.password});
	await until(() => existsSync(join(user.home, 'waiting')));
	assertNowhere(program, user, run.out + run.err);
	server.cut();
	writeFileSync(join(user.home, 'go'), '');
	const ended = await run.ended;
	assert.equal(ended.code, 0, ended.err);
	const id = (await program.runs())[0]!.id;
	assert.deepEqual(program.outputs(id), {
		'look/look': 'root\n',
		'change/change': `by ${user.name}\nroot\n`,
		'change/2': '',
	});
	assert.ok(program.journal(id).some(event => event.type === 'link.lost'));
	const answers = program
		.journal(id)
		.flatMap(event => (event.type === 'sudo.answered' ? [`${event.is} ${event.user}`] : []));
	assert.deepEqual(answers, [`password ${user.name}`, `accepted ${user.name}`]);
	const report = await program.run(['report', id]);
	assertNowhere(program, user, ended.out + ended.err + report.out + report.err);
	assert.deepEqual(readdirSync(join(user.home, 'state/handrail/tasks')), [], 'nothing is left on the host');
});

test('Without its password an unattended run stops, a wrong one is sent once, and none at all is an answer', {
	skip,
}, async context => {
	const {program, user, options} = await onServer(context);
	user.allow('USER ALL=(ALL:ALL) ALL, NOPASSWD: /usr/bin/id', `Defaults:USER logfile=${user.home}/sudo.log`);
	const wrong = () => readFileSync(join(user.home, 'sudo.log'), 'utf8').match(/\d+\s+incorrect password/g) ?? [];
	const document = program.write('doc.md', runbook(user.home));
	const without = await program.run(['run', document, '-H', 'web1', '--plain', '--trust', '--yes'], options);
	assert.equal(without.code, 3, without.out + without.err);
	assert.match(without.out, new RegExp(`sudo asks for the password of ${user.name} \\(--secret sudo=fd:N`));
	const flags = ['resume', '--plain', '--trust', '--yes', '--secret', 'sudo=fd:3'];
	const refused = await program.run(flags, {...options, secret: 'not the one'});
	assert.equal(refused.code, 3, refused.err);
	assert.match(refused.out, /sudo did not take the password of .*: it is not sent again by itself/);
	assert.deepEqual(wrong().length, 1);
	assert.ok(!`${refused.out}${refused.err}`.includes('not the one'));
	const declined = await program.run(flags, {...options, secret: ''});
	assert.match(declined.out, /no password for sudo/);
	assert.match(declined.out, /done look\/look/);
	assert.match(declined.out, /FAILED change\/change/);
	assert.equal(wrong().length, 1);
});

async function onServer(context: TestContext) {
	const user = sudoUser();
	const own = {HOME: user.home, XDG_STATE_HOME: join(user.home, 'state'), HANDRAIL_LOCK: join(user.home, 'lock')};
	const variables = Object.entries(own).map(([name, value]) => `${name}=${value}`);
	const keys = join(user.home, 'keys');
	const server = await sshServer(context, [`AuthorizedKeysFile ${keys}`, `SetEnv ${variables.join(' ')}`]);
	context.after(() => user.remove());
	copyFileSync(server.file('user.pub'), keys);
	// Whatever the umask is: sshd reads it as that user.
	chmodSync(keys, 0o644);
	server.configure([`User ${user.name}`]);
	const program = new Program(context);
	return {program, server, user, options: {env: {HANDRAIL_SSH_CONFIG: server.file('config')}}};
}

/** Not as an argument and in no environment of any process, in no file of the run and of the host, in nothing printed. */
function assertNowhere(program: Program, user: SudoUser, printed: string): void {
	const processes = globSync('/proc/[0-9]*/{cmdline,environ}');
	const folders = [program.folder, user.home].flatMap(cwd => globSync('**/{.*,*}', {cwd, withFileTypes: true}));
	const files = folders.filter(entry => entry.isFile()).map(({parentPath, name}) => join(parentPath, name));
	assert.ok(processes.length > 20 && files.length > 5);
	for (const place of [...processes, ...files]) {
		const isThere = forms(user.password).some(form => contentOf(place).includes(form));
		assert.ok(!isThere, `the password stands in ${place}`);
	}
	assert.ok(!forms(user.password).some(form => printed.includes(form)), 'the password was printed');
}

const forms = (secret: string): string[] => [
	secret,
	JSON.stringify(secret).slice(1, -1),
	Buffer.from(secret).toString('base64'),
];

function contentOf(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
