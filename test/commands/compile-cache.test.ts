import assert from 'node:assert/strict';
import {chmodSync, chownSync, mkdirSync, mkdtempSync, statSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {cacheFolder} from '../../source/commands/compile-cache.ts';

const newHome = () => mkdtempSync(join(tmpdir(), 'home-'));

test('compiled code is kept in a private folder of the cache', () => {
	const home = newHome();
	const folder = cacheFolder({HOME: home});
	assert.equal(folder, join(home, '.cache/handrail'));
	assert.equal(statSync(folder!).mode & 0o777, 0o700);
	assert.equal(cacheFolder({HOME: home, XDG_CACHE_HOME: join(home, 'own')}), join(home, 'own/handrail'));
	assert.equal(cacheFolder({HOME: home, XDG_CACHE_HOME: 'relative'}), folder);
});

const refused: [string, (home: string) => NodeJS.ProcessEnv][] = [
	['there is no home', () => ({})],
	['the home does not exist', home => ({HOME: join(home, 'nonexistent')})],
	['nothing can be made', () => ({HOME: '/proc/1'})],
	['the home may be written by a group', home => ({HOME: withMode(home, 0o770)})],
	['the cache may be written by anybody', home => ({HOME: home, XDG_CACHE_HOME: withMode(join(home, 'own'), 0o777)})],
	['anybody may put a cache there', () => ({XDG_CACHE_HOME: '/tmp'})],
	['a file is in the way', home => ({HOME: home, XDG_CACHE_HOME: process.execPath})],
	[
		'a link leads to a folder of anybody',
		home => {
			symlinkSync(withMode(join(home, 'open'), 0o777), join(home, '.cache'));
			return {HOME: home};
		},
	],
];

function withMode(folder: string, mode: number): string {
	mkdirSync(folder, {recursive: true});
	chmodSync(folder, mode);
	return folder;
}

for (const [why, arrange] of refused) {
	test(`no compiled code is kept where ${why}`, () => assert.equal(cacheFolder(arrange(newHome())), undefined));
}

test('no compiled code is kept in the home of another user', () => {
	const home = newHome();
	assert.notEqual(cacheFolder({HOME: home}), undefined);
	if (process.getuid?.() === 0) chownSync(home, 4242, 4242);
	assert.equal(cacheFolder({HOME: home}, process.getuid?.() === 0 ? 0 : 4242), undefined);
});
