import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';

const never = new AbortController().signal;

/** A shell on the server that floods. */
async function flooded(context: TestContext) {
	const program = fileURLToPath(new URL('./flooding-server.ts', import.meta.url));
	const server = spawn(process.execPath, [program], {stdio: ['ignore', 'pipe', 'inherit']});
	context.after(() => server.kill('SIGKILL'));
	const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
	const folder = mkdtempSync(join(tmpdir(), 'flood-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const config = [
		'Host *',
		'HostName 127.0.0.1',
		`Port ${Number(line)}`,
		`User ${userInfo().username}`,
		'IdentityFile none',
		`UserKnownHostsFile ${join(folder, 'known_hosts')}`,
	];
	writeFileSync(join(folder, 'config'), config.join('\n'));
	const env = {...process.env, HANDRAIL_SSH_CONFIG: join(folder, 'config')};
	const shell = sshShell('web1', {host: 'web1'}, {env, acceptsNew: true, transport: 'ssh2'});
	context.after(() => shell.close());
	await shell.connect(never);
	return shell;
}

for (const kind of ['out', 'err', 'early', 'late']) {
	test(`A server that floods a channel (${kind}) is left before it fills the memory`, {
		timeout: 30_000,
	}, async context => {
		const shell = await flooded(context);
		const lost = new Promise<void>(resolve => {
			shell.onLink(() => resolve());
		});
		const before = process.memoryUsage().rss;
		let most = before;
		const measuring = setInterval(() => {
			most = Math.max(most, process.memoryUsage().rss);
		}, 10);
		context.after(() => clearInterval(measuring));
		// Nobody reads what comes.
		const channel = shell.open([kind], (async function* () {})()).then(
			() => 'begun',
			error => error.message,
		);
		await lost;
		const words = kind === 'early' ? 'The connection was lost: the host sent more than it was allowed to' : 'begun';
		assert.equal(await channel, words);
		assert.ok(most - before < 100_000_000, `${Math.round((most - before) / 1e6)} MB more`);
		await assert.rejects(shell.open([kind], (async function* () {})()), {name: 'LinkLost'});
	});
}
