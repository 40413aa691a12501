import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {nap, outputOf, spec, until} from '../../helpers/task-host.ts';

const user = 65534;
const spare = `/var/tmp/handrail-${user}`;
const isMissing = process.getuid?.() !== 0 && 'only root can become another user';

/** Like sudo it keeps nothing of the environment and closes every descriptor but the first three. */
const sudo = `#!/bin/sh
[ "$1" = -n ] || exit 1
shift
if [ "$1" = -l ]; then [ ! -e "$0.refuses" ]; exit; fi
shift
exec 3<&- 4<&- 5<&- 6<&- 7<&-
exec env -i HOME=/root PATH="$PATH" SUDO_USED=yes "$@"
`;

describe('A task of a user who is not root', {skip: isMissing}, () => {
	let folder: string;
	let host: ReturnType<typeof shellHost>;
	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'handrail-sudo-'));
		chmodSync(folder, 0o755);
		writeFileSync(join(folder, 'sudo'), sudo);
		chmodSync(join(folder, 'sudo'), 0o755);
		const {XDG_STATE_HOME: _, ...environment} = process.env;
		const local = localShell({...environment, PATH: `${folder}:/usr/bin:/bin`, HOME: '/nowhere', USER: 'nobody'});
		const become = ['setpriv', '--reuid', String(user), '--regid', String(user), '--clear-groups', '--'];
		const shell: Shell = {...local, open: (command, stdin) => local.open([...become, ...command], stdin)};
		host = shellHost('local', shell);
	});
	after(async () => {
		await host.close();
		rmSync(folder, {recursive: true});
		rmSync(spare, {recursive: true, force: true});
	});

	test('is kept in a private folder of the user where there is no home folder', async () => {
		await host.start(spec('home', 'id -u; pwd; exit 3'), {});
		assert.equal((await outputOf(host, 'home')).toString(), `${user}\n/\n`);
		assert.deepEqual(await host.ask('home'), {is: 'ended', exit: 3, bytes: 8});
		assert.deepEqual([statSync(spare).uid, statSync(spare).mode & 0o777], [user, 0o700]);
		assert.deepEqual(await host.tasks(), ['home']);
		await host.reap('home');
	});

	test('runs as a whole under sudo, with its values, secrets and input', async () => {
		const script =
			'read -r line; echo "$SUDO_USED|$HOME|$VALUE|$SECRET|$line|$PWD"; echo A=1 > "$HANDRAIL_OUTPUT"; exit 4';
		const task = spec('sudo', script, {sudo: true, values: {VALUE: "it's"}, secrets: ['SECRET'], cwd: '/usr'});
		await host.start(task, {SECRET: Buffer.from('hush\n')});
		await until(() =>
			host.write('sudo', Buffer.from('typed\n')).then(
				() => true,
				() => false,
			),
		);
		const output = await outputOf(host, 'sudo');
		assert.equal(output.toString(), "yes|/root|it's|hush\n|typed|/usr\n");
		assert.deepEqual(await host.ask('sudo'), {is: 'ended', exit: 4, bytes: output.length});
		assert.equal(Buffer.from((await host.handed('sudo')).values).toString(), 'A=1\n');
	});

	test('is cancelled under sudo with all its processes', async () => {
		const long = nap();
		await host.start(spec('cancel', `${long.sleep} & ${long.sleep}`, {sudo: true}), {});
		await until(() => long.processes().length === 2);
		await host.cancel('cancel', 'TERM');
		await until(() => long.processes().length === 0);
		const report = await until(async () => {
			const said = await host.ask('cancel');
			return said.is === 'ended' && said;
		});
		assert.equal(report.exit, 143);
	});

	test('is refused before the start where sudo runs no shell', async () => {
		writeFileSync(join(folder, 'sudo.refuses'), '');
		await assert.rejects(host.start(spec('refused', 'true', {sudo: true}), {}), {
			name: 'TaskRefused',
			message: 'sudo runs no shell here without a password',
		});
		assert.deepEqual(await host.ask('refused'), {is: 'none'});
	});

	test('takes no folder for its own that somebody else has made', async () => {
		rmSync(spare, {recursive: true});
		writeFileSync(spare, '');
		await assert.rejects(host.start(spec('foreign', 'true'), {}), /no private folder for tasks can be made/);
		const durable = await host.durable();
		assert.ok(!durable.can && durable.why.includes(spare));
		assert.equal(readFileSync(spare, 'utf8'), '');
		assert.ok(existsSync(spare));
	});
});
