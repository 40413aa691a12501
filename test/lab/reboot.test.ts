import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {Event} from '../../source/core/run/events.ts';
import {type LabRun, labRun, unattended} from './lab-run.ts';
import {hasNoLab} from './needs-lab.ts';

const document = (script: string, attributes = 'timeout=60s') => `---
handrail: 1
title: A reboot
---
# A reboot

## Reboot

\`\`\`sh { name=it reboots ${attributes} }
${script}
\`\`\`

\`\`\`sh { check }
cat /proc/sys/kernel/random/boot_id
\`\`\`
`;

const limit = {timeout: 200_000};
const going = ['--yes', '--trust', '--json', '--confirm', 'web1'];

const rebooting = (it: LabRun, script: string, attributes?: string) =>
	it.program.start(unattended(it, document(script, attributes), '--confirm', it.host.name));

async function onlyRun({program}: LabRun): Promise<{id: string; events: Event[]}> {
	const [run] = await program.runs();
	return {id: run!.id, events: program.journal(run!.id)};
}

const phases = (events: Event[]) => events.flatMap(event => (event.type === 'reboot.phase' ? [event.phase] : []));
const reboots = (events: Event[]) => events.flatMap(event => (event.type === 'rebooted' ? [event] : []));

/** It was rebooted once, by the block, and the check behind it has seen the new boot. */
async function assertRebooted(it: LabRun): Promise<Event[]> {
	const {id, events} = await onlyRun(it);
	const [before, after] = it.host.boots.slice(-2);
	const [rebooted, ...more] = reboots(events);
	assert.deepEqual(more, []);
	assert.deepEqual([rebooted?.was.id, rebooted?.is.id], [before, after]);
	assert.equal(rebooted?.task, 't0001');
	assert.match(rebooted!.is.state, /^(running|degraded)$/);
	assert.equal(it.program.outputs(id)['reboot/2'], `${after}\n`);
	assert.equal(phases(events).at(-1), 'new-boot');
	return events;
}

describe('A reboot of a real host', {skip: hasNoLab, concurrency: 4}, () => {
	test('is proven by its new boot id', limit, async context => {
		const it = await labRun(context, {user: 'admin'});
		const {code, err} = await rebooting(it, 'sudo systemctl reboot\nsleep 300').ended;
		assert.equal(code, 0, err);
		const events = await assertRebooted(it);
		assert.ok(phases(events).includes('unreachable'), phases(events).join());
	});

	test('that does not come back in time is left open, and a resumed run goes on waiting', limit, async context => {
		const it = await labRun(context, {user: 'admin', rebootAfter: 'never'});
		const {code, out} = await rebooting(it, 'sudo reboot', 'timeout=6s').ended;
		assert.equal(code, 3);
		assert.match(out, /"type":"reboot.late".*"which":"warning","after":3000/);
		const resumed = it.program.start(['resume', ...going]);
		await it.host.boot();
		const {code: then, err} = await resumed.ended;
		assert.equal(then, 0, err);
		await assertRebooted(it);
	});

	test('in the middle of which the power goes is a reboot all the same', limit, async context => {
		const it = await labRun(context, {user: 'admin'});
		const running = rebooting(it, 'echo going\nsleep 300');
		assert.ok(await running.until(out => out.includes('going')), running.err);
		await it.host.powerCut();
		const {code, err} = await running.ended;
		assert.equal(code, 0, err);
		await assertRebooted(it);
	});

	test('by somebody else is told of, and its unknown command is not taken for done', limit, async context => {
		const it = await labRun(context, {user: 'admin'});
		const change = document('echo changing\nsleep 300').replace(' reboots timeout=60s', '');
		const running = it.program.start(unattended(it, change.replace('cat /proc', 'false; cat /proc')));
		assert.ok(await running.until(out => out.includes('changing')), running.err);
		await it.host.exec('systemctl reboot');
		const {code, err} = await running.ended;
		assert.equal(code, 1, err);
		const {events} = await onlyRun(it);
		const [rebooted] = reboots(events);
		assert.equal(rebooted?.task, undefined);
		assert.deepEqual([rebooted?.was.id, rebooted?.is.id], it.host.boots);
		const ended = events.flatMap(event => (event.type === 'block.ended' ? [[event.block, event.end]] : []));
		assert.deepEqual(ended[0], ['reboot/it', 'unknown']);
	});
});
