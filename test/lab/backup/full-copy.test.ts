import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {commandOfPage, partOfPage} from '../part-of-page.ts';
import {offerUpgrade, spoil, spoilt, unspoilt} from './spoilt-upgrade.ts';

const limit = {timeout: 400_000};
const disks = [
	{path: '/', size: 900, layout: 'ext4'},
	{path: '/data', size: 32, layout: 'ext4'},
	{path: '/backup', size: 1200, layout: 'ext4'},
	{path: '/mnt', size: 900, layout: 'ext4'},
] as const;

/** What a copy loses that does not know of it. */
const special = `
# Less to copy.
rm -r /usr/share/i18n /usr/share/perl /usr/lib/*/perl /usr/lib/*/gconv /usr/share/zoneinfo
mkdir -p /usr/local/lab/empty "/usr/local/lab/with blanks"
cd /usr/local/lab
echo one > first; ln first second; ln -s first link; mkfifo pipe
truncate -s 40M holes; printf end >> holes
echo secret > guarded; chown 12345:54321 guarded; chmod 4710 guarded; setfacl -m u:admin:r guarded
setfattr -n user.origin -v lab first
cp /bin/true capable; setcap cap_net_raw+ep capable
echo row > /data/row
# As of a service in a chroot.
mkdir /opt/jail; touch /opt/jail/hosts; mount --bind /etc/hosts /opt/jail/hosts
`;

/** Owners, modes, times, links, holes, ACLs and attributes of all that is special, the folder as it lies below a root. */
const seen = (root: string) => `
cd ${root}/usr/local/lab
find . -printf '%p %y %m %U:%G %n %l %s %T@\\n' | sort
test first -ef second && echo linked
du -k holes | awk '{ print ($1 < 1000 ? "sparse" : "full") }'
find . | sort | while read -r each; do getfacl -cn "$each"; getfattr -hd -m - "$each"; done
sha256sum first holes guarded
`;

const going = ['--yes', '--trust', '--json', '--skip-manual', 'test', '--confirm', 'web1'];
const scriptOf = (name: string) => commandOfPage(`revert-to-the-snapshot-or-the-full-copy/${name}`).script;

/** A host with a backup disk and what is special, and the page's option that copies it. */
async function copied(context: TestContext, option: string, ...back: string[]) {
	const it = await labRun(context, {user: 'admin', disks: [...disks]});
	await it.host.exec(special);
	await offerUpgrade(context, it.host);
	const before = await it.host.exec(seen(''));
	assert.match(
		before,
		/linked\nsparse\n(?:.|\n)*security\.capability=(?:.|\n)*user\.origin="lab"(?:.|\n)*user:1000:r--/,
	);
	const document = partOfPage(['backup', option, ...back]);
	const {code, out, err} = await it.program.run([
		...unattended(it, document, '--var', 'BACKUP_DIR=/backup/nights'),
		...going.slice(3),
	]);
	assert.equal(code, 0, out.slice(-3000) + err);
	const [run] = await it.program.runs();
	const folder = (await it.host.exec('ls -d /backup/nights/*')).trim();
	return {...it, before, run: run!.id, folder, outputs: it.program.outputs(run!.id)};
}

describe('A full copy of a real host', {skip: hasNoLab, concurrency: 3}, () => {
	test(
		'by rsync brings packages of a failed upgrade back while data stays, and is put back on empty disks',
		limit,
		async context => {
			const it = await copied(
				context,
				'full-copy-with-rsync',
				'put-the-copied-system-back',
				'revert-to-the-snapshot-or-the-full-copy',
			);
			assert.equal(it.outputs['full-copy-with-rsync/sources'], '/\n/data\n/mnt\n');
			assert.equal(await it.host.exec(seen(`${it.folder}/system`)), it.before);
			assert.equal(it.host.read(`${it.folder}/system/data/row`), 'row\n');
			assert.equal(await it.host.exec(`cd ${it.folder}/system; find backup proc sys`), 'backup\nproc\nsys\n');
			await it.host.exec(
				`${spoil}\nrm -r /usr/local/lab; sed -i s/web1/other/ /etc/hosts; echo new | tee -a /data/row /srv/new`,
			);
			assert.notEqual(await it.host.exec(spoilt), unspoilt);
			const back = await it.program.run(['rollback', it.run, '--option', 'put-the-copied-system-back', ...going]);
			assert.equal(back.code, 0, back.out.slice(-3000) + back.err);
			assert.equal(await it.host.exec(spoilt), unspoilt);
			assert.equal(await it.host.exec(seen('')), it.before);
			assert.match(it.host.read('/etc/hosts'), /^127\.0\.1\.1 web1$/m);
			assert.equal(await it.host.exec('cat /data/row /srv/new'), 'row\nnew\nnew\n');
			assert.equal(it.host.boots.length, 2);
			await it.host.exec(`BACKUP=${it.folder}; mkdir /mnt/old; ${scriptOf('from-the-copy')}`);
			assert.equal(await it.host.exec(seen('/mnt')), it.before);
			assert.equal(
				await it.host.exec('ls -A /mnt/old 2>&1 || cat /mnt/data/row'),
				"ls: cannot access '/mnt/old': No such file or directory\nrow\n",
			);
		},
	);

	test('by tar is one file with all of it, which is put back on empty disks', limit, async context => {
		const it = await copied(context, 'full-copy-with-tar', 'revert-to-the-snapshot-or-the-full-copy');
		assert.match(it.outputs['full-copy-with-tar/archived']!, /^\/backup\/.*system\.tgz: OK$/m);
		await it.host.exec(`BACKUP=${it.folder}; ${scriptOf('from-the-archive')}`);
		assert.equal(await it.host.exec(seen('/mnt')), it.before);
		assert.equal(it.host.read('/mnt/data/row'), 'row\n');
		assert.equal(await it.host.exec('cd /mnt; find backup proc sys'), 'backup\nproc\nsys\n');
	});
});
