import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import type {Finding} from '../../../source/core/run/finding.ts';
import {parseAftermath} from '../../../source/runtime/hosts/aftermath.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {nap, spec, type TaskHost, taskHost, until} from '../../helpers/task-host.ts';

const late = 'the host did not answer within 10 s';
const hidden = 'the host does not show it';
const quick = 'M boot\nsame\n1795378352\nM processes\nM tools\n';
const booted: Finding = {is: 'booted', since: '2026-11-22T20:12:32.000Z', rebooted: false};
const none: Finding = {is: 'none-at-work'};

/** What programs print, as they were seen to: apt 2.6, dpkg 1.21, dnf 4.14, rpm 4.18. */
const printed: [string, string, Finding[]][] = [
	['a host without a package manager', `${quick}M end\n`, [booted, none]],
	[
		'another boot, and processes',
		'M boot\nanother\n1795378352\nM processes\n71 root dpkg --configure -a \n9 ada sleep 5\nM tools\n71 dpkg\nM end\n',
		[
			{...booted, rebooted: true},
			{is: 'at-work', pid: 71, user: 'root', text: 'dpkg --configure -a'},
			{is: 'at-work', pid: 9, user: 'ada', text: 'sleep 5'},
			{is: 'package-tool', pid: 71, name: 'dpkg'},
		],
	],
	[
		'a host on which the folder of the task is gone',
		'M boot\nunknown\n1795378352\nM processes\nunknown\nM tools\n8 unattended-upgr\nM end\n',
		[
			{...booted, rebooted: null},
			{is: 'unread', what: 'processes', why: hidden},
			{is: 'package-tool', pid: 8, name: 'unattended-upgrades'},
		],
	],
	[
		'an upgrade that was cut short',
		`${quick}M dpkg\ninterrupted\naudited\nThe following packages are only half configured, probably due to problems\n demo-slow            demo package demo-slow\n\nM apt\nreadable\nStart-Date: 2026-11-22  18:30:01\nEnd-Date: 2026-11-22  18:30:09\nStart-Date: 2026-11-22  18:37:18\nM end\n`,
		[
			booted,
			none,
			{is: 'dpkg-interrupted'},
			{
				is: 'dpkg-audit',
				lines: [
					'The following packages are only half configured, probably due to problems',
					' demo-slow            demo package demo-slow',
				],
			},
			{is: 'apt', started: '2026-11-22 18:37:18', ended: null},
		],
	],
	[
		'an upgrade that was whole',
		`${quick}M dpkg\naudited\nM apt\nreadable\nStart-Date: 2026-11-22  18:37:18\nEnd-Date: 2026-11-22  18:37:26\nM end\n`,
		[booted, none, {is: 'dpkg-clean'}, {is: 'apt', started: '2026-11-22 18:37:18', ended: '2026-11-22 18:37:26'}],
	],
	[
		'a dpkg that is at work on its updates',
		`M boot\nsame\n1795378352\nM processes\nM tools\n5 dpkg\nM dpkg\ninterrupted\naudited\nM end\n`,
		[booted, none, {is: 'package-tool', pid: 5, name: 'dpkg'}, {is: 'dpkg-clean'}],
	],
	[
		'an upgrade that was cut short, seen by who is not root',
		`${quick}M dpkg\ninterrupted\nlisted\nlab-slow half-configured\nM end\n`,
		[booted, none, {is: 'dpkg-interrupted'}, {is: 'dpkg-unfinished', lines: ['lab-slow half-configured']}],
	],
	[
		'dnf whose session died in a scriptlet',
		`${quick}M rpm\nanswered \nM dnf\n     3 | -y upgrade             | 2026-11-22 18:46 | Upgrade        |    3 ##\nM end\n`,
		[booted, none, {is: 'rpm-database', why: null}, {is: 'dnf', transaction: 3, at: '2026-11-22 18:46', marks: '##'}],
	],
	[
		'dnf with the marks of the first transaction',
		`${quick}M dnf\n     1 | -y upgrade             | 2026-11-22 18:27 | Install        |   11 >E\nM end\n`,
		[booted, none, {is: 'dnf', transaction: 1, at: '2026-11-22 18:27', marks: '>E'}],
	],
	[
		'dnf without a mark',
		`${quick}M dnf\n     3 | -y upgrade             | 2026-11-22 18:30 | I, U           |    2   \nM end\n`,
		[booted, none, {is: 'dnf', transaction: 3, at: '2026-11-22 18:30', marks: ''}],
	],
	[
		'a broken rpm database',
		`${quick}M rpm\nanswered error: cannot open Packages database in /var/lib/rpm\nM dnf\nM end\n`,
		[
			booted,
			none,
			{is: 'rpm-database', why: 'error: cannot open Packages database in /var/lib/rpm'},
			{is: 'unread', what: 'dnf', why: hidden},
		],
	],
	[
		'histories that only root may read',
		`${quick}M dpkg\nM apt\nM rpm\nM end\n`,
		[
			booted,
			none,
			{is: 'unread', what: 'dpkg', why: hidden},
			{is: 'unread', what: 'apt', why: hidden},
			{is: 'unread', what: 'rpm', why: hidden},
		],
	],
	[
		'a look that took too long at dpkg',
		`${quick}M dpkg\ninterrupted\n`,
		[booted, none, {is: 'unread', what: 'dpkg', why: late}],
	],
	[
		'nothing',
		'',
		[
			{is: 'unread', what: 'boot', why: late},
			{is: 'unread', what: 'processes', why: late},
			{is: 'unread', what: 'tools', why: late},
		],
	],
	[
		'nonsense',
		'M boot\nsame\n1e99\nM processes\nx y\nM tools\n99999999999 dpkg\nM dpkg\nx\nM apt\nreadable\nM dnf\n1 | a\nM end\n',
		[
			{is: 'unread', what: 'boot', why: hidden},
			none,
			{is: 'unread', what: 'dpkg', why: hidden},
			{is: 'unread', what: 'dnf', why: hidden},
		],
	],
];
for (const [what, output, findings] of printed) {
	test(`of ${what} is known what was printed, and no more`, () => {
		assert.deepEqual(parseAftermath(output, 'M'), findings);
	});
}

/** A task whose supervisor was killed, as the out-of-memory killer would. */
async function orphaned(context: TestContext, it: TaskHost, script: string): Promise<string> {
	context.after(() => it.remove());
	await it.host.start(spec('run.t1', script), {});
	await until(() => readFileSync(join(it.tasks, 'run.t1/group'), 'utf8').includes(' '));
	return readFileSync(join(it.tasks, 'run.t1/pid'), 'utf8').split(' ')[0]!;
}

for (const shell of shells) {
	describe(`With ${shell.name}`, {skip: isMissing(shell)}, () => {
		test('a task that was killed shows its processes, also one that left its group', async context => {
			const it = taskHost(shell);
			const [inside, outside] = [nap(), nap()];
			const supervisor = await orphaned(context, it, `setsid ${outside.sleep} &\n${inside.sleep}`);
			await until(() => inside.processes().length === 1 && outside.processes().length === 1);
			context.after(() => {
				for (const pid of [...inside.processes(), ...outside.processes()]) process.kill(pid, 'SIGKILL');
			});
			process.kill(Number(supervisor), 'SIGKILL');
			const at = [...inside.processes(), ...outside.processes()];
			const seen = (await it.host.examine!('run.t1')).flatMap(each => (each.is === 'at-work' ? [each] : []));
			for (const pid of at) assert.match(seen.find(each => each.pid === pid)?.text ?? '', /^sleep \d+$/);
			for (const pid of at) process.kill(pid, 'SIGKILL');
			await until(async () => (await it.host.ask('run.t1')).is === 'lost' && inside.processes().length === 0);
			const after = await until(async () => {
				const found = await it.host.examine!('run.t1');
				return found.some(({is}) => is === 'none-at-work') && found;
			});
			const boot = after.find(each => each.is === 'booted');
			assert.equal(boot?.is === 'booted' && boot.rebooted, false);
		});

		// Among the programs of busybox there is a dpkg that knows no audit.
		if (shell.name === 'busybox') return;
		test('a database of dpkg that was left half done is found so', async context => {
			const it = taskHost(shell);
			const database = join(it.folder, 'dpkg');
			it.environment['DPKG_ADMINDIR'] = database;
			mkdirSync(join(database, 'updates'), {recursive: true});
			mkdirSync(join(database, 'info'));
			writeFileSync(join(database, 'status'), stanza('half-configured'));
			writeFileSync(join(database, 'updates/0003'), stanza('half-configured'));
			writeFileSync(join(database, 'updates/tmp.i'), '');
			context.after(() => it.remove());
			const found = await it.host.examine!('none.t1');
			assert.ok(found.some(({is}) => is === 'dpkg-interrupted'));
			const audit = found.find(each => each.is === 'dpkg-audit');
			assert.match(audit?.lines.join('\n') ?? '', /only half configured[\s\S]* lab-slow /);
			assert.deepEqual(
				found.filter(({is}) => is === 'unread'),
				[{is: 'unread', what: 'processes', why: hidden}],
			);
		});
	});
}

const stanza = (state: string): string =>
	`Package: lab-slow\nStatus: install ok ${state}\nMaintainer: Lab <lab@example.org>\nArchitecture: all\nVersion: 2.0-1\nDescription: a package of the lab\n\n`;
