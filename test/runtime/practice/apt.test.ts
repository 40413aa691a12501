import assert from 'node:assert/strict';
import {test} from 'node:test';
import {onPractice} from './on-practice.ts';

const versions = `dpkg-query -W -f '$\{db:Status-Abbrev}|$\{binary:Package}|$\{Version}\\n'`;
const apply = 'sudo apt-get -y upgrade --with-new-pkgs';
const repair = 'sudo dpkg --configure -a --force-confdef --force-confold';

test('an upgrade brings every package but the held one, says what it does, and is logged', async () => {
	const {run, host} = await onPractice();
	await run('sudo apt-get update');
	const plan = (await run('apt-get -s upgrade --with-new-pkgs')).output;
	const planned = [...plan.matchAll(/^Inst (\S+)(?: \[[^\]]+\])? \((\S+) /gm)].map(
		([, name, version]) => `${name}=${version}`,
	);
	assert.ok(planned.length >= 12, plan);
	const {output, exit} = await run(apply);
	assert.equal(exit, 0, output);
	for (const each of planned) {
		const [name, version] = each.split('=');
		assert.equal((await run(`dpkg-query -W -f '$\{Version}' ${name}`)).output, version);
		assert.equal(
			output.split(`Setting up ${name}`).length,
			name === 'nginx' || name === 'openssl' ? output.split(`Setting up ${name}`).length : 2,
		);
	}
	assert.match(output, /^The following packages have been kept back:\n {2}mariadb-server\n/m);
	assert.match(
		output,
		/^\d+ upgraded, 1 newly installed, 0 to remove and 1 not upgraded\.\nNeed to get [\d.]+ MB of archives\.\nAfter this operation, \d+ MB of additional disk space will be used\.\n/m,
	);
	assert.match(output, /^Get:1 http:\/\/deb\.debian\.org\/\S+ \S+ amd64 \S+ amd64 \S+ \[\d+ kB\]$/m);
	assert.match(output, /^Unpacking libssl3:amd64 \(3\.0\.17-1~deb12u2\) over \(3\.0\.15-1~deb12u1\) \.\.\.$/m);
	assert.match(output, /^Processing triggers for libc-bin \(/m);
	assert.match(
		(await run('cat /var/log/apt/history.log')).output,
		/\nStart-Date: [\d-]+ {2}[\d:]+\nCommandline: apt-get -y upgrade --with-new-pkgs\n[\s\S]*\nUpgrade: [\s\S]*openssl:amd64 \(3\.0\.15-1~deb12u1, 3\.0\.17-1~deb12u2\)[\s\S]*\nEnd-Date: /,
	);
	assert.match((await run('tail -1 /var/log/dpkg.log')).output, /^[\d-]+ [\d:]+ status installed \S+ \S+\n$/);
	assert.match((await run(apply)).output, /\n0 upgraded, 0 newly installed, 0 to remove and 1 not upgraded\.\n$/);
	assert.match(
		(await run('cat /run/reboot-required.pkgs; needrestart -b')).output,
		/linux-image-6\.1\.0-31-amd64\n[\s\S]*KSTA: 3\n[\s\S]*SVC: cron\.service\n/,
	);
	await host.close();
});

test('a package that is named beside another one that needs it is installed once', async () => {
	const {run, host} = await onPractice();
	const {output} = await run('apt-get -s install linux-image-amd64 linux-image-6.1.0-31-amd64=6.1.128-1');
	assert.match(output, /\n1 upgraded, 1 newly installed, 0 to remove /);
	await host.close();
});

test('the versions before come back with one command', async () => {
	const {run, host} = await onPractice();
	await run('sudo apt-get -qq update');
	const before = (await run(versions)).output;
	const old = (
		await run(
			`apt-get -s upgrade --with-new-pkgs | awk '$1 == "Inst" && $3 ~ /^\\[/ {gsub(/[][]/, "", $3); printf "%s=%s ", $2, $3}'`,
		)
	).output;
	await run(apply);
	assert.notEqual((await run(versions)).output, before);
	assert.match(
		(await run(`sudo apt-get -y install ${old}`)).output,
		/\nE: Packages were downgraded and -y was used without --allow-downgrades\.\n$/,
	);
	const back = await run(`sudo apt-get -y --allow-downgrades install ${old}`);
	assert.equal(back.exit, 0, back.output);
	assert.match(back.output, /^dpkg: warning: downgrading openssl from 3\.0\.17-1~deb12u2 to 3\.0\.15-1~deb12u1$/m);
	const now = (await run(versions)).output.replace(/.*linux-image-6\.1\.0-31.*\n/, '');
	assert.equal(now, before);
	await host.close();
});

test('without --with-new-pkgs the kernel is kept back', async () => {
	const {run, host} = await onPractice();
	const {output} = await run('sudo apt-get -y upgrade');
	assert.match(output, /kept back:\n {2}linux-image-amd64 mariadb-server\n/);
	await host.close();
});

test('a changed configuration file stops an upgrade, blocks the next one, and is repaired', async () => {
	const {run, host} = await onPractice({scenario: 'conffile'});
	const first = await run(apply);
	assert.equal(first.exit, 100);
	assert.match(
		first.output,
		/\nConfiguration file '\/etc\/nginx\/nginx\.conf'\n ==> Modified \(by you or by a script\) since installation\.\n[\s\S]*\*\*\* nginx\.conf \(Y\/I\/N\/O\/D\/Z\) \[default=N\] \? dpkg: error processing package nginx-common \(--configure\):\n end of file on stdin at conffile prompt\n/,
	);
	assert.match(
		first.output,
		/Errors were encountered while processing:\n nginx-common\n nginx\nE: Sub-process \/usr\/bin\/dpkg returned an error code \(1\)\n$/,
	);
	assert.match(
		(await run('dpkg --audit')).output,
		/^The following packages have been unpacked but not yet configured\.\n/,
	);
	assert.match((await run(versions)).output, /^iU \|nginx-common\|/m);
	const second = await run(apply);
	assert.equal(second.exit, 100);
	assert.match(second.output, /\n2 not fully installed or removed\.\n[\s\S]*end of file on stdin at conffile prompt\n/);
	const third = await run(repair);
	assert.equal(third.exit, 0, third.output);
	assert.match(third.output, /==> Keeping old config file as default\.\n/);
	assert.equal(
		(await run('dpkg --audit; grep -c 4096 /etc/nginx/nginx.conf; ls /etc/nginx/*.dpkg-dist')).output,
		'1\n/etc/nginx/nginx.conf.dpkg-dist\n',
	);
	assert.equal((await run(apply)).exit, 0);
	await host.close();
});

test('at a terminal the question for the configuration file can be answered', async () => {
	const {host, specOf, follow} = await onPractice({scenario: 'conffile', speed: 50});
	const spec = specOf(apply, {tty: {rows: 24, columns: 80}});
	await host.start(spec, {});
	let output = '';
	let answers = ['D\n', 'Y\n'];
	for await (const bytes of host.follow(spec.task, 0, new AbortController().signal)) {
		output += Buffer.from(bytes).toString();
		if (output.split('[default=N] ?').length === 4 - answers.length && answers.length > 0) {
			await host.write(spec.task, Buffer.from(answers[0]!));
			answers = answers.slice(1);
		}
	}
	assert.equal((await host.ask(spec.task)).is, 'ended');
	assert.match(output, /\n-\tworker_connections 4096;\n\+\tworker_connections 1024;\n/);
	assert.match(output, /Installing new version of config file \/etc\/nginx\/nginx\.conf \.\.\.\n/);
	assert.equal(await follow(spec.task), output, 'whoever follows later is given the same');
	await host.close();
});

for (const [signal, exit] of [
	['TERM', 143],
	['KILL', 137],
] as const) {
	test(`${signal} while packages are unpacked leaves dpkg interrupted, until it is told to go on`, async () => {
		const {host, specOf, run} = await onPractice({speed: 10});
		const spec = specOf(apply);
		await host.start(spec, {});
		let output = '';
		for await (const bytes of host.follow(spec.task, 0, new AbortController().signal)) {
			output += Buffer.from(bytes).toString();
			if (bytes.length > 0 && output.includes('Unpacking openssl') && !output.includes('Unpacking rsync'))
				await host.cancel(spec.task, signal);
		}
		const report = await host.ask(spec.task);
		assert.deepEqual({is: report.is, exit: 'exit' in report && report.exit}, {is: 'ended', exit});
		assert.doesNotMatch(output, /Setting up/);
		await host.reap(spec.task);
		const next = await run(apply);
		assert.deepEqual(
			[next.exit, next.output],
			[100, "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. \n"],
		);
		assert.equal((await run(repair)).exit, 0);
		assert.equal((await run(apply)).exit, 0);
		assert.equal((await run('dpkg --audit')).output, '');
		await host.close();
	});
}
