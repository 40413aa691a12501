import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const about = read('docs/linux-patching.md');
const page = read('runbooks/linux-patching.md');

const named = (heading: string) => {
	const from = about.indexOf(`## ${heading}`);
	const rows = about.slice(from, about.indexOf('\n## ', from + 1)).match(/^\| `.*? \|/gm) ?? [];
	return rows.flatMap(row => Array.from(row.matchAll(/`([\w.-]+)\/?`/g), found => found[1]!));
};

test('the files that the page is said to keep are files of the page', () => {
	const files = named("Tonight's folder");
	assert.ok(files.length > 10);
	for (const file of files) assert.ok(page.includes(`$BACKUP/${file}`), file);
});

test('the programs that a site may bring are those that the page asks for', () => {
	const told = new Set(named('What only your site knows'));
	const asked = Array.from(page.matchAll(/\/etc\/patching\/(?:"?\$each|(\w+))/g), found => found[1]).filter(Boolean);
	const looped = Array.from(page.matchAll(/^for each in ([\w ]+); do$/gm), found => found[1]!.split(' ')).flat();
	assert.deepEqual([...told].sort(), [...new Set([...asked, ...looped])].sort());
});
