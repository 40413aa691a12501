import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {type AddressInfo, connect, createServer} from 'node:net';
import {describe, type TestContext, test} from 'node:test';
import type {LabHost} from '../lab-host.ts';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {partOfPage} from '../part-of-page.ts';
import {answer} from './answer.ts';

const limit = {timeout: 400_000};
const values = {COPY_TO: 'admin@store:/srv/copies'};

/** Hosts of the lab reach only this machine, which passes on to the other one. Answers the port. */
async function passedOn(context: TestContext, from: LabHost, to: LabHost): Promise<number> {
	const server = createServer(socket => {
		const other = connect(to.port, to.address);
		socket.on('error', () => other.destroy()).pipe(other);
		other.on('error', () => socket.destroy()).pipe(socket);
	});
	context.after(() => server.close());
	await once(server.listen(0, from.near), 'listening');
	return (server.address() as AddressInfo).port;
}

/** Two hosts, the first of which has a key that the second one's admin lets in, as `store`. */
async function twoHosts(context: TestContext) {
	const it = await labRun(context, {user: 'admin'}, {name: 'store', user: 'admin'});
	const [web, store] = it.hosts as [LabHost, LabHost];
	const port = await passedOn(context, web, store);
	web.write('/root/.ssh/config', `Host store\nHostName ${web.near}\nPort ${port}\nHostKeyAlias store\n`);
	web.write('/root/.ssh/id_ed25519', readFileSync(store.key));
	await web.exec('chmod 600 /root/.ssh/*');
	await store.exec('install -d -o admin /srv/copies');
	return {...it, hosts: [web], web, store};
}

describe('The copy on another real host', {skip: hasNoLab, concurrency: 2}, () => {
	test('is the same as here, for nobody else to read, and a difference is found', limit, async context => {
		const it = await twoHosts(context);
		it.web.write('/root/.ssh/known_hosts', it.store.knownHost.replace(it.store.address, 'store'));
		const document = partOfPage(['backup', 'copy-it-with-scp']).replace('- [It stays here](#it-stays-here)\n', '');
		const words = unattended(it, document, '--var', `COPY_TO=${values.COPY_TO}`);
		const {code, out, err} = await it.program.run(words);
		assert.equal(code, 0, out.slice(-3000) + err);
		const BACKUP = (await it.web.exec('ls -d /var/backups/handrail/*')).trim();
		const folder = `/srv/copies/web1-${BACKUP.split('/').at(-1)}`;
		const sums = (at: string) => `cd ${at}; sha256sum etc.tgz versions`;
		assert.equal(await it.store.exec(sums(folder)), await it.web.exec(sums(BACKUP)));
		assert.match(await it.store.exec(`ls -ld ${folder} ${folder}/etc.tgz`), /^drwx------.*\n-rw-------/);
		assert.match(await answer(it.web, 'copy-it-with-scp/same-there', {...values, BACKUP}), /^etc\.tgz is the same/);
		await it.store.exec(`printf x >> ${folder}/etc.tgz`);
		assert.equal(
			await answer(it.web, 'copy-it-with-scp/same-there', {...values, BACKUP}),
			'etc.tgz on admin@store is another one than here: copy it again\nexit 1\n',
		);
	});

	test('is not made where the other host is not known, or lets nobody in', limit, async context => {
		const it = await twoHosts(context);
		const at = {...values, BACKUP: '/var/backups/night'};
		await it.web.exec(
			'install -d -o admin /var/backups/night; touch /var/backups/night/etc.tgz /var/backups/night/versions',
		);
		const unknown = await answer(it.web, 'copy-it-with-scp/copy-there', at);
		assert.match(unknown, /Host key verification failed\.\s*\nexit 255\n$/);
		it.web.write('/root/.ssh/known_hosts', it.store.knownHost.replace(it.store.address, 'store'));
		await it.web.exec('rm /root/.ssh/id_ed25519');
		assert.match(await answer(it.web, 'copy-it-with-scp/copy-there', at), /Permission denied \(.*\)\.\s*\nexit 255\n$/);
		assert.equal(await it.store.exec('ls /srv/copies'), '');
	});
});
