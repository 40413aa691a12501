import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {findRunbooks} from '../../../source/runtime/settings/find-runbooks.ts';

test('what holds something to do is found, by the title that it gives itself', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'found-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const cases: [name: string, text: string, title: string | undefined][] = [
		['a.md', '# One\n\n```sh\nls\n```\n', 'One'],
		['b.md', '---\ntitle: "Two: it"\n---\n# Other\n- [ ] task\n', 'Two: it'],
		['c.md', '# Prose only\n\n```text\nls\n```\ntitle: none\n', undefined],
		['d.yaml', 'handrail: 1\ntitle: Three\nsections: []\n', 'Three'],
		['e.yaml', 'title: of something else\n', undefined],
		['f.txt', '```sh\nls\n```\n', undefined],
		['g.md', '1. do\n   ~~~bash\n   ls\n   ~~~\n', 'g.md'],
		['.h.md', '```sh\nls\n```\n', undefined],
	];
	for (const [name, text] of cases) writeFileSync(join(folder, name), text);
	const expected = cases.flatMap(([name, , title]) => (title === undefined ? [] : [{name, title}]));
	assert.deepEqual(await findRunbooks(folder), expected);
	assert.deepEqual(await findRunbooks(join(folder, 'missing')), []);
});
