import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {labRun} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {german} from './german.ts';

const release = 'NAME="Solus"\nID=solus\nVERSION_ID="4.5"\nPRETTY_NAME="Solus 4.5"\n';
const limit = {timeout: 120_000};

describe('A host whose package manager no page knows', {skip: hasNoLab, concurrency: 2}, () => {
	for (const {page, check} of [
		{page: 'linux-patching', check: 'pre-patching-preparation/known-system'},
		{page: 'emergency-security-patch', check: 'before/known-system'},
	]) {
		test(`is told so by ${page}, which then asks for what a person does, and runs nothing`, limit, async context => {
			const it = await labRun(context, {user: 'admin', files: {...german, '/usr/lib/os-release': release}});
			const {host, program} = it;
			await host.exec('rm /usr/bin/apt* /usr/bin/dpkg*; touch /before');
			const going = ['--yes', '--confirm', host.name, '--skip-manual', 'by its own procedure', '--json'];
			const {code, err} = await program.run(['run', page, '-H', host.name, ...going]);
			assert.equal(code, 0, err);
			const [run] = await program.runs();
			assert.equal(run!.end, 'completed');
			const events = program.journal(run!.id);
			const ran = events.flatMap(event => (event.type === 'task.planned' ? [event.block] : []));
			assert.deepEqual(ran, [check]);
			assert.match(program.outputs(run!.id)[check]!, /has commands for apt, dnf, yum and zypper; this server has none/);
			const ends = events.flatMap(event => (event.type === 'block.ended' ? [event.end] : []));
			assert.ok(ends.filter(end => end === 'skipped').length >= 5, ends.join());
			assert.deepEqual([...new Set(ends)].sort(), ['done', 'not-applicable', 'skipped']);
			const written = await host.exec('find /etc /usr /var/backups /boot -newer /before -type f');
			assert.equal(written, '');
		});
	}
});
