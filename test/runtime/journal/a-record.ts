import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import type {NewEvent} from '../../../source/core/run/events.ts';
import type {Clock} from '../../../source/runtime/journal/clock.ts';
import {openJournal} from '../../../source/runtime/journal/journal.ts';
import {createRunFolder, type RunFolder} from '../../../source/runtime/journal/run-folder.ts';

/** A folder (0700) that is gone after the test. */
export function scratch(test: Pick<TestContext, 'after'>): string {
	const folder = mkdtempSync(join(tmpdir(), 'handrail-record-'));
	test.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** A second passes at each look, from 2026-11-22 19:21 on. */
export function steadyClock(boot = 'boot-1', from = Date.UTC(2026, 10, 22, 19, 21)): Clock {
	let seconds = 0;
	return {now: () => new Date(from + 1000 * seconds++), up: () => 5000 + 1000 * seconds, boot};
}

export const bytesOfRunbook = Buffer.from('# Patch\n\n```sh\ntrue\n```\n');
/** sha256sum of these bytes. */
export const sha256OfRunbook = '101d8ce17a7bf514709061924c887073449a8bed05686a1863c4fd0ee186173d';

export const started = (run = 'a-run'): NewEvent => ({
	type: 'run.started',
	host: null,
	journal: 1,
	handrail: '0.1.0',
	run,
	runbook: {title: 'Patch', file: 'patch.md', sha256: sha256OfRunbook, form: 'markdown', bundled: false},
	hosts: ['web1'],
	trusted: true,
});

export const note = (text: string): NewEvent => ({type: 'note', host: 'web1', text});
export const ended: NewEvent = {type: 'run.ended', host: null, end: 'completed'};

/** A run of `web1` in a state folder, recorded with these events after its first. */
export async function recordRun(
	state: string,
	events: NewEvent[],
	now = new Date(Date.UTC(2026, 10, 22, 19, 21)),
): Promise<RunFolder> {
	const runbook = {form: 'markdown', bytes: bytesOfRunbook} as const;
	const folder = await createRunFolder(state, {now, host: 'web1', runbook: 'patch.md'}, runbook);
	const journal = await openJournal(folder.journal, {clock: steadyClock('boot-1', now.getTime())});
	await journal.append([started(folder.id)]);
	for (const event of events) await journal.append([event]);
	await journal.close();
	return folder;
}
