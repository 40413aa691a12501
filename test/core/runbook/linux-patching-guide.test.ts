import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {isRunnable} from '../../../source/core/runbook/is-runnable.ts';
import {readDocument} from '../../../source/core/runbook/read-document.ts';
import {outlineText} from '../../helpers/outline-text.ts';

const bytes = readFileSync(new URL('../../fixtures/linux-patching-guide.md', import.meta.url));
const guide = readDocument(bytes, 'docs/linux-patching-guide.md');
const said = (code: string) => guide.findings.filter(finding => finding.code === code);

test('the guide opens: sections, schedule, advice and the backup command come through, with nothing to run', () => {
	const lines = outlineText(guide);
	assert.deepEqual(
		lines.filter(line => !line.includes('prose')),
		[
			'- linux-patching-guide',
			'## Patching Schedule (patching-schedule)',
			'## Pre-Patching Preparation (pre-patching-preparation)',
			'  ## Backup the Server (backup-the-server)',
			'    sample : "rsync -avz / /backup/location/"',
			'  ## Check System Updates and Health (check-system-updates-and-health)',
		],
	);
	const text = lines.join('\n');
	for (const words of [
		'| Production  | Monthly or Quarterly',
		'always back up your server!',
		'- `snapshot`',
		'Table of Contents',
	]) {
		assert.ok(text.includes(words), words);
	}
	assert.ok(isRunnable(guide));
});

test('every line of the guide is in the outline', () => {
	const text = JSON.stringify(guide.runbook);
	for (const line of bytes.toString().split('\n')) {
		const words = line.replace(/^#+|^\*\*|\*\*$|^ *```|```$/g, '').trim();
		assert.ok(text.includes(JSON.stringify(words).slice(1, -1)), line);
	}
});

test('check names every broken link of the table of contents', () => {
	assert.deepEqual(
		said('link-broken').map(({message, line}) => [/#\S+/.exec(message)![0], line]),
		[
			['#pre-patching-preparations', 5],
			['#during-patching', 11],
			['#Post-patching', 16],
			['#rollback-options', 22],
			['#troubleshooting-patch-failures', 24],
		],
	);
	assert.match(said('link-broken')[0]!.hint, /#pre-patching-preparation\b/);
});

test('check names every section that the table of contents has and the text lacks', () => {
	assert.deepEqual(
		said('section-missing').map(({message}) => /“(.*)”/.exec(message)![1]),
		[
			'Scheduling Patches',
			'Backup',
			'System Update Check',
			'Check Server Health',
			'During Patching',
			'Step-by-Step Patching Process',
			'Commands to Run',
			'Monitoring Tools',
			'Post-Patching Actions',
			'Verifying Patches',
			'Rebooting the Server',
			'Rollback Options',
			'Troubleshooting Failures',
			'Rollback Options',
			'Troubleshooting Patch Failures',
		],
	);
});

test('check names the bold lines that stand for headings', () => {
	assert.deepEqual(
		said('heading-bold').map(({line}) => line),
		[45, 57],
	);
});

test('the counts are those of the file', () => {
	assert.deepEqual(guide.counts, {
		headings: 2,
		shellFences: 0,
		otherFences: 1,
		taskItems: 0,
		sectionLinks: 6,
		brokenSectionLinks: 5,
	});
});
