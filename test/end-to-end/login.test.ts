import assert from 'node:assert/strict';
import {copyFileSync, globSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {cli, Program} from '../helpers/program.ts';
import {hasNoSshd, makeKey, type SshServer, sshServer} from '../helpers/ssh/ssh-server.ts';
import {isMissing, Tmux} from '../helpers/tmux.ts';

const jsx = fileURLToPath(new URL('../helpers/jsx.ts', import.meta.url));
const skip = isMissing() || hasNoSshd;
const passphrase = 'correct horse battery';
const runbook = '# One\n\n## Look\n\n```sh { name=look risk=reads }\necho "all is well"\n```\n';

/** A terminal of 80x24, and a real sshd whose key is not known and whose user's key file is encrypted. */
async function lab(context: TestContext) {
	const server = await sshServer(context);
	for (const name of ['user', 'user.pub']) rmSync(server.file(name));
	makeKey(server.file('user'), passphrase);
	copyFileSync(server.file('user.pub'), server.file('authorized_keys'));
	server.know([]);
	const program = new Program(context);
	program.write('one.md', runbook);
	const tmux = new Tmux(context, program.folder, {...program.env, HANDRAIL_SSH_CONFIG: server.file('config')});
	const type = (words: string) =>
		tmux.type(`"${process.execPath}" --import ${jsx} ${cli} ${words}; echo "ended with $?"`);
	return {server, program, tmux, type};
}

const knownHosts = (server: SshServer) => readFileSync(server.file('known_hosts'), 'utf8');

function assertNowhere(program: Program): void {
	for (const file of globSync(join(program.folder, '**'), {withFileTypes: true})) {
		if (!file.isFile()) continue;
		const text = readFileSync(join(file.parentPath, file.name), 'latin1');
		assert.ok(!text.includes(passphrase), file.name);
	}
}

test('on the screen a host key is declined, which ends it, or taken; a passphrase is asked for; the answers are not recorded', {
	skip,
}, async context => {
	const {server, program, tmux, type} = await lab(context);
	type('run one.md -H web1');
	await tmux.until(/y {2}yes/);
	tmux.keys('Escape');
	const ended = await tmux.until(/ended with 4/);
	assert.match(ended, /^stopped: web1: .*host key[\s\S]*^run \S+ aborted/m);
	assert.equal(knownHosts(server), '');

	tmux.type('clear');
	type('run one.md -H web1');
	const shown = await tmux.until(/y {2}yes/);
	assert.match(shown, /Is this the host key of web1\?[\s\S]*web1 shows a host key[\s\S]*ssh-ed25519[\s\S]*SHA256:/);
	tmux.keys('y');
	// The line for it is empty from the moment on in which keys count.
	await tmux.until(/Passphrase of .*user:\n> *$/m);
	tmux.type('wrong');
	await tmux.until(/Refused once: it did not open the key[\s\S]*user:\n> *$/m);
	tmux.resize(60, 20);
	tmux.type(passphrase);
	await tmux.until(/Enter runs it: it only/);
	tmux.resize(80, 24);
	tmux.keys('Enter');
	await tmux.until(/run is completed|Run is completed/);
	tmux.keys('q');
	await tmux.until(/y {2}yes/);
	tmux.keys('y');
	await tmux.until(/ended with 0/);
	assert.ok(!tmux.all().includes(passphrase));

	const id = (await program.runs())[0]!.id;
	const answered = program.journal(id).filter(event => event.type === 'login.answered');
	assert.deepEqual(
		answered.map(({host, about, given}) => [host, about.kind, given]),
		[
			['web1', 'host-key', true],
			['web1', 'passphrase', true],
			['web1', 'passphrase', true],
		],
	);
	assert.ok(answered.every(({by}) => by?.login));
	assert.ok(knownHosts(server).includes(server.key()));
	const {out} = await program.run(['report', id]);
	assert.match(out, /- Host key `SHA256:\S+` \(`ssh-ed25519`\) of `\[127\.0\.0\.1\]:\d+`: taken at .* by /);
	assert.match(out, /- Passphrase of `\S+user`: given at/);
	assertNowhere(program);
});

test('in lines it takes a yes that is typed in full, and the passphrase unseen; so does a command that only looks', {
	skip,
}, async context => {
	const {server, tmux, type, program} = await lab(context);
	type('probe web1');
	await tmux.until(/fingerprint {2}SHA256:[\s\S]*\(yes\/no\)/);
	tmux.type('yes');
	await tmux.until(/Passphrase of .*user \(not shown/);
	tmux.type(passphrase);
	await tmux.until(/ended with 0/);
	assert.ok(knownHosts(server).includes(server.key()));
	tmux.type('clear');
	type('run one.md -H web1 --plain');
	await tmux.until(/Passphrase of .*user \(not shown/);
	tmux.type(passphrase);
	await tmux.until(/run it: it only reads[\s\S]*> $|> *$/);
	tmux.keys('Enter');
	await tmux.until(/ended with 0/);
	assert.match(tmux.all(), /web1: passphrase of \S+user given\n[\s\S]*\| all is well/);
	assert.ok(!tmux.all().includes(passphrase));
	assertNowhere(program);

	// Nobody is there: nothing is asked.
	const alone = await program.run(['run', 'one.md', '-H', 'web1', '--plain', '--yes'], {
		env: {HANDRAIL_SSH_CONFIG: server.file('config')},
	});
	assert.equal(alone.code, 4, alone.out);
	assert.doesNotMatch(alone.out + alone.err, /Passphrase of/);
});
