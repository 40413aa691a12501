import assert from 'node:assert/strict';
import {test} from 'node:test';
import {roleOfTitle} from '../../../../source/core/runbook/draft/section-role.ts';

const table: [string, 'rollback' | 'troubleshooting' | undefined][] = [
	['Rollback', 'rollback'],
	['Rollback Options', 'rollback'],
	['Roll back the kernel', 'rollback'],
	['ROLL-BACK', 'rollback'],
	['5. Rollback plan', 'rollback'],
	['3.2.1) Rollback', 'rollback'],
	['Step 4: Roll back', 'rollback'],
	['⏪ Rollback', 'rollback'],
	['🛠️ Step 7 - Troubleshooting', 'troubleshooting'],
	['Troubleshooting Patch Failures', 'troubleshooting'],
	['Before you roll back', undefined],
	['The rollback', undefined],
	['Steps', undefined],
	['', undefined],
];

for (const [title, role] of table) {
	test(`"${title}" ${role ? `begins a ${role} section` : 'gives no role'}`, () =>
		assert.equal(roleOfTitle(title), role));
}
