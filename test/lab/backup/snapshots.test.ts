import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import type {Disk} from '../lab-options.ts';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {partOfPage} from '../part-of-page.ts';
import {offerUpgrade, spoil, spoilt, unspoilt} from './spoilt-upgrade.ts';

const limit = {timeout: 400_000};
const going = ['--yes', '--trust', '--json', '--skip-manual', 'test', '--confirm', 'web1'];
const disks = (layout: Disk['layout']): Disk[] => [
	{path: '/', size: 900, layout},
	{path: '/srv', size: 120, layout: 'btrfs'},
];

/** A host on btrfs, of which the page has taken a snapshot by one of its options, and on which an upgrade failed then. */
async function snapped(context: TestContext, layout: Disk['layout'], option: string, ...back: string[]) {
	const files = {'/etc/fstab': layout === 'btrfs-fixed' ? 'LABEL=lab / btrfs subvol=@rootfs 0 0\n' : ''};
	const it = await labRun(context, {user: 'admin', disks: disks(layout), files});
	await offerUpgrade(context, it.host);
	const words = unattended(it, partOfPage(['backup', option, 'afterwards', ...back]), ...going.slice(3));
	const {code, out, err} = await it.program.run(words);
	assert.equal(code, 0, out.slice(-3000) + err);
	await it.host.exec(`${spoil}\necho new > /srv/new`);
	assert.notEqual(await it.host.exec(spoilt), unspoilt);
	const [run] = await it.program.runs();
	return {...it, run: run!.id};
}

const next = `# Next

\`\`\`sh { name=change }
sudo touch /etc/changed
\`\`\`
`;

/** Takes the snapshot back; what it holds of the run that took it is in nobody's way afterwards. */
async function takeBack(it: Awaited<ReturnType<typeof snapped>>, option: string): Promise<void> {
	const back = await it.program.run(['rollback', it.run, '--option', option, ...going]);
	assert.equal(back.code, 0, back.out.slice(-3000) + back.err);
	assert.equal(await it.host.exec(spoilt), unspoilt);
	assert.equal(await it.host.exec('cat /srv/new'), 'new\n');
	const {code, out, err} = await it.program.run(unattended(it, next));
	assert.equal(code, 0, out + err);
}

describe('A snapshot of a real host', {skip: hasNoLab, concurrency: 2}, () => {
	test(
		'by snapper is / after the next boot with the old packages, and leaves other subvolumes',
		limit,
		async context => {
			const it = await snapped(context, 'btrfs-default', 'snapshot-with-snapper', 'roll-back-with-snapper');
			await it.host.exec('echo new > /etc/newer; snapper -c root undochange 2..0 /etc/newer');
			await assert.rejects(it.host.exec('ls /etc/newer'), /No such file/);
			await takeBack(it, 'roll-back-with-snapper');
			assert.match(await it.host.exec('findmnt -rn -o FSROOT /'), /^\/@\/\.snapshots\/[3-9]\/snapshot$/m);
		},
	);

	test('by btrfs is / after the next boot under its old name, and leaves other subvolumes', limit, async context => {
		const it = await snapped(context, 'btrfs-fixed', 'snapshot-with-btrfs', 'roll-back-the-btrfs-snapshot');
		// systemd-nspawn gives a host no nodes of disks.
		await it.host.exec('disk=$(findmnt -rnv -o SOURCE /); mknod "$disk" b 7 "$(echo "$disk" | tr -dc 0-9)"');
		await takeBack(it, 'roll-back-the-btrfs-snapshot');
	});
});
