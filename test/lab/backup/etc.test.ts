import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {operatorPassword} from '../lab-host.ts';
import {labRun, unattended} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {partOfPage} from '../part-of-page.ts';

const limit = {timeout: 400_000};
const going = ['--yes', '--trust', '--json', '--skip-manual', 'test', '--confirm', 'web1', '--secret', 'sudo=fd:3'];

/** All of /etc that a restore can bring back; the cache of ldconfig is made anew. */
const seen = `find /etc ! -path /etc/ld.so.cache ! -type d -printf '%p %y %m %U:%G %l %s %T@\\n' | sort
find /etc -type f ! -path /etc/ld.so.cache ! -path /etc/newer -exec sha256sum {} + | sort`;

describe('The backup of /etc', {skip: hasNoLab}, () => {
	test('brings changed and deleted files back with owner, mode and time; new ones stay', limit, async context => {
		const it = await labRun(context, {
			user: 'operator',
			files: {'/etc/lab/private': 'key\n', '/etc/lab/wide': 'all\n'},
		});
		await it.host.exec('chown 1000:54321 /etc/lab/private; chmod 640 /etc/lab/private; ln -s private /etc/lab/link');
		const before = await it.host.exec(seen);
		const words = unattended(it, partOfPage(['backup', 'restore-etc-from-the-backup']), ...going.slice(3));
		// Of a sudo that asks.
		const secret = `${operatorPassword}\n`;
		const walked = await it.program.run(words, {secret});
		assert.equal(walked.code, 0, walked.out.slice(-3000) + walked.err);
		await it.host.exec(`
			echo broken > /etc/lab/private; chmod 666 /etc/lab/wide; rm /etc/lab/link; ln -s wide /etc/lab/link
			sed -i s/web1/broken/ /etc/hosts; rm /etc/fstab; touch /etc/newer
		`);
		const [run] = await it.program.runs();
		const back = await it.program.run(['rollback', run!.id, '--option', 'restore-etc-from-the-backup', ...going], {
			secret,
		});
		assert.equal(back.code, 0, back.out.slice(-3000) + back.err);
		const [made] = await it.program.runs();
		const differences = it.program.outputs(made!.id)['restore-etc-from-the-backup/differences']!;
		assert.match(differences, /^etc\/lab\/private: (Contents differ|Size differs)$/m);
		assert.match(differences, /^etc\/lab\/wide: Mode differs$/m);
		const now = (await it.host.exec(seen)).split('\n').filter(line => !line.startsWith('/etc/newer '));
		assert.equal(now.join('\n'), before);
		assert.equal(await it.host.exec('ls /etc/newer'), '/etc/newer\n');
	});
});
