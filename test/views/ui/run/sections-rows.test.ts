import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText} from '../../../../source/core/text/row.ts';
import {sectionsRows} from '../../../../source/views/ui/run/sections-rows.ts';
import {aContext} from '../../../helpers/a-model.ts';

test('a section for other hosts is marked before the walk comes to it', () => {
	const context = aContext(
		'## A\n- [ ] One\n## Rollback\n### With dnf\n<!-- handrail when="pm=dnf" -->\n```sh\nback\n```\n### With apt\n<!-- handrail when="pm=apt" -->\n```sh\nback\n```\n',
		{ui: {cursor: 'with-dnf'}},
	);
	const rows = sectionsRows(context, 24, 10).map(row => rowText(row).trimEnd());
	assert.deepEqual(rows, ['>○ 1 A', ' ○ 2 Rollback', '   – 2.1 With dnf', '   ○ 2.2 With apt']);
});
