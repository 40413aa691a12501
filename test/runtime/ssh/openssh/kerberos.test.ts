import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {sshShell} from '../../../../source/runtime/ssh/ssh-shell.ts';
import {freePort, hasNoSshd, sshd, sshServer} from '../../../helpers/ssh/ssh-server.ts';
import {until} from '../../../helpers/task-host.ts';

const needed = ['/usr/bin/kinit', '/usr/sbin/krb5kdc', '/usr/sbin/kadmin.local'];
const missing = hasNoSshd || (!needed.every(path => existsSync(path)) && 'there is no Kerberos server here');
const never = new AbortController().signal;
const realm = 'TEST.EXAMPLE';

/** A Kerberos server of its own, gone with the test; answers the environment that finds it. */
async function kerberos(context: TestContext): Promise<{env: NodeJS.ProcessEnv; folder: string}> {
	const folder = mkdtempSync(join(tmpdir(), 'krb5-'));
	const port = await freePort();
	const file = (name: string, lines: string[]) => {
		writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
		return join(folder, name);
	};
	const env = {
		...process.env,
		KRB5CCNAME: `FILE:${join(folder, 'cache')}`,
		KRB5_KTNAME: `FILE:${join(folder, 'keytab')}`,
		KRB5_CONFIG: file('krb5.conf', [
			'[libdefaults]',
			`default_realm = ${realm}`,
			'dns_lookup_kdc = false',
			'dns_canonicalize_hostname = false',
			'[realms]',
			`${realm} = {`,
			`kdc = 127.0.0.1:${port}`,
			'}',
			'[domain_realm]',
			`localhost = ${realm}`,
		]),
		KRB5_KDC_PROFILE: file('kdc.conf', [
			'[realms]',
			`${realm} = {`,
			`database_name = ${folder}/principal`,
			`key_stash_file = ${folder}/stash`,
			`kdc_listen = 127.0.0.1:${port}`,
			`kdc_tcp_listen = 127.0.0.1:${port}`,
			'}',
		]),
	};
	const run = (program: string, ...words: string[]) => execFileSync(program, words, {env, stdio: 'pipe'});
	run('/usr/sbin/kdb5_util', 'create', '-s', '-P', 'master', '-r', realm);
	run('/usr/sbin/kadmin.local', '-q', `addprinc -pw secret ${userInfo().username}`);
	run('/usr/sbin/kadmin.local', '-q', 'addprinc -randkey host/localhost');
	run('/usr/sbin/kadmin.local', '-q', `ktadd -k ${folder}/keytab host/localhost`);
	const kdc = spawn('/usr/sbin/krb5kdc', ['-n'], {env, stdio: 'ignore'});
	context.after(() => {
		kdc.kill('SIGKILL');
		rmSync(folder, {recursive: true});
	});
	return {env, folder};
}

test('A Kerberos ticket lets in where the configuration allows it; without one the line says so', {
	skip: missing,
}, async context => {
	const {env, folder} = await kerberos(context);
	const program = join(folder, 'sshd');
	const words = Object.entries(env).flatMap(([name, value]) => (/^KRB5_/.test(name) ? [`${name}='${value}'`] : []));
	writeFileSync(program, `#!/bin/sh\nexport ${words.join(' ')}\nexec ${sshd} "$@"\n`, {mode: 0o755});
	const lines = ['GSSAPIAuthentication yes', 'GSSAPIStrictAcceptorCheck no', 'PubkeyAuthentication no'];
	const server = await sshServer(context, lines, program);
	server.configure(['HostName localhost', 'GSSAPIAuthentication yes']);
	server.know([`[localhost]:${server.port} ${server.key()}`]);
	const shell = () => {
		const made = sshShell(
			'web1',
			{host: 'web1'},
			{env: {...server.env, ...env, HANDRAIL_SSH_CONFIG: server.file('config')}, acceptsNew: false},
		);
		context.after(() => made.close());
		return made;
	};
	await assert.rejects(shell().connect(never), /GSSAPI was not tried: there is no Kerberos ticket here$/);
	await until(() => {
		try {
			execFileSync('/usr/bin/kinit', [userInfo().username], {env, input: 'secret\n', stdio: ['pipe', 'pipe', 'pipe']});
			return true;
		} catch {
			return false;
		}
	});
	const ticketed = shell();
	await ticketed.connect(never);
	assert.equal(ticketed.transport!()!.why, 'there is a Kerberos ticket, and its SSH configuration allows GSSAPI');
	await until(() => server.log.includes('Accepted gssapi-with-mic'));
});
