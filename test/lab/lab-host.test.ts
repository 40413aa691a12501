import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {until} from '../helpers/task-host.ts';
import {labConfig} from './lab-config.ts';
import {type LabHost, labHost} from './lab-host.ts';
import {hasNoLab} from './needs-lab.ts';
import {sweep} from './places.ts';

const limit = {timeout: 400_000};

/** What a command prints on a host that the system's client connects to. */
async function ssh(host: LabHost, user: string, command: string): Promise<string> {
	const words = ['-F', labConfig(host.folder, [host]), '-o', 'ConnectTimeout=2', `${user}@${host.name}`, command];
	return (await promisify(execFile)('ssh', words)).stdout;
}

describe('A host of the lab', {skip: hasNoLab, concurrency: 3}, () => {
	test('lets its users in, each with a session, and knows what they may', limit, async context => {
		const host = await labHost(context, {name: 'db1'});
		assert.equal(await ssh(host, 'root', 'id -un; hostname; loginctl --no-legend | wc -l'), 'root\ndb1\n1\n');
		assert.equal(await ssh(host, 'admin', 'id -un; sudo -n id -un'), 'admin\nroot\n');
		assert.equal(await ssh(host, 'operator', 'id -un; sudo -n true 2> /dev/null || echo asks'), 'operator\nasks\n');
		assert.equal(await ssh(host, 'operator', 'systemd-run --user --quiet --wait --pipe id -un'), 'operator\n');
		assert.equal(await ssh(host, 'root', 'systemd-run --quiet --wait --pipe id -un'), 'root\n');
	});

	test('ends what a user has left running at logout where told, but nothing of systemd-run', limit, async context => {
		const host = await labHost(context, {user: 'admin', killsUserProcesses: true});
		const starts = 'setsid sleep 1000 > /dev/null 2>&1 < /dev/null & sudo systemd-run --quiet --unit=kept sleep 1000';
		await ssh(host, 'admin', `${starts}; until pgrep -f "^sleep 1000"; do :; done`);
		await until(async () => (await host.exec('pgrep -f "^sleep 1000" || echo none')) === 'none\n');
		assert.equal(await host.exec('systemctl is-active kept'), 'active\n');
	});

	test('has another boot id after a reboot and after a power cut, and keeps its disk', limit, async context => {
		const host = await labHost(context, {rebootAfter: 200});
		const identity = await host.exec('cat /etc/machine-id');
		await host.exec('echo kept > /var/kept; systemctl reboot');
		assert.notEqual(await host.booted(2), host.boots[0]);
		await host.powerCut();
		assert.equal(new Set(host.boots).size, 3);
		assert.equal(await host.exec('cat /etc/machine-id /var/kept'), `${identity}kept\n`);
	});

	test('is out of reach while its network is cut, and has a full disk when told', limit, async context => {
		const [host, other] = await Promise.all([labHost(context), labHost(context, {name: 'web2', disk: 16})]);
		await host.cutNetwork();
		await assert.rejects(ssh(host, 'root', 'true'), /timed out/);
		await host.joinNetwork();
		assert.equal(await ssh(host, 'root', 'hostname'), 'web1\n');
		assert.notEqual(host.read('/etc/machine-id'), other.read('/etc/machine-id'));
		await other.fillDisk();
		await assert.rejects(other.exec('cp /etc/passwd /var/more'), /No space left/);
	});

	test('leaves nothing behind where the test is killed, and its holder too', limit, async () => {
		for (const isHolderKilled of [false, true]) {
			const child = spawn(process.execPath, [leftBehind], {stdio: ['ignore', 'pipe', 'inherit']});
			const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
			const [holder, ...rest] = line.trim().split(' ').map(Number);
			assert.ok(rest.length > 5, line);
			if (isHolderKilled) {
				process.kill(holder, 'SIGKILL');
				await until(() => !isAlive(holder));
				assert.ok(rest.some(isAlive), 'there is something to end');
			}
			child.kill('SIGKILL');
			await once(child, 'exit');
			await until(async () => {
				if (isHolderKilled) await sweep();
				return !rest.some(isAlive);
			}, 30_000);
		}
	});
});

const leftBehind = fileURLToPath(new URL('left-behind.ts', import.meta.url));

/** Not a zombie either, which a first process that reaps nobody leaves. */
function isAlive(id: number): boolean {
	try {
		return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${id}/stat`, 'latin1'));
	} catch {
		return false;
	}
}
