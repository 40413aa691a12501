import assert from 'node:assert/strict';
import {chmodSync, chownSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {Failure} from '../../../source/core/text/failure.ts';
import {findStateFolder, openStateFolder} from '../../../source/runtime/journal/state-folder.ts';
import {scratch} from './a-record.ts';

test('the state folder follows the environment, and is created for this user alone', async context => {
	const base = scratch(context);
	const cases: [env: NodeJS.ProcessEnv, folder: string][] = [
		[{HANDRAIL_STATE_DIR: join(base, 'own')}, join(base, 'own')],
		[{HANDRAIL_STATE_DIR: join(base, 'both'), XDG_STATE_HOME: join(base, 'xdg')}, join(base, 'both')],
		[{XDG_STATE_HOME: join(base, 'a', 'b')}, join(base, 'a', 'b', 'handrail')],
		[{HOME: join(base, 'home')}, join(base, 'home', '.local', 'state', 'handrail')],
		[{HOME: join(base, 'home2'), XDG_STATE_HOME: 'relative'}, join(base, 'home2', '.local', 'state', 'handrail')],
		[{HOME: join(base, 'home3'), HANDRAIL_STATE_DIR: ''}, join(base, 'home3', '.local', 'state', 'handrail')],
	];
	for (const [env, folder] of cases) {
		assert.equal(await findStateFolder(env), undefined);
		assert.ok(!existsSync(folder));
		assert.equal(await openStateFolder(env), folder);
		assert.equal(await openStateFolder(env), folder);
		assert.equal(await findStateFolder(env), folder);
		assert.equal(statSync(folder).mode & 0o777, 0o700);
		assert.equal(statSync(dirname(folder)).mode & 0o777, 0o700);
	}
});

test('without HOME it lies under the home folder of the user', async () => {
	const found = await findStateFolder({}).catch((error: unknown) => String(error));
	assert.match(found ?? join(homedir(), '.local/state/handrail'), new RegExp(`${homedir()}/.local/state/handrail`));
});

const unusable: [title: string, make: (path: string) => void, message: RegExp, hint: RegExp][] = [
	['that others may read', path => mkdir(path, 0o755), /can be reached by others \(mode 0755\)/, /chmod 700 '.*state'/],
	['that a group may enter', path => mkdir(path, 0o710), /can be reached by others \(mode 0710\)/, /chmod 700/],
	['that is closed to its owner', path => mkdir(path, 0o000), /closed even to you/, /chmod 700/],
	['that is a file', path => writeFileSync(path, ''), /is no folder/, /Move it away/],
	['that is a link', path => symlinkSync('/tmp', path), /is a symbolic link/, /HANDRAIL_STATE_DIR/],
	['that is a link to nothing', path => symlinkSync('/nowhere', path), /is a symbolic link/, /HANDRAIL_STATE_DIR/],
];

function mkdir(path: string, mode: number) {
	mkdirSync(path);
	chmodSync(path, mode);
}

for (const [title, make, message, hint] of unusable) {
	test(`a state folder ${title} is refused with the remedy`, async context => {
		const path = join(scratch(context), 'state');
		make(path);
		for (const use of [openStateFolder, findStateFolder]) {
			await assert.rejects(use({HANDRAIL_STATE_DIR: path}), (error: Failure) => {
				assert.ok(error instanceof Failure);
				assert.equal(error.exitCode, 2);
				assert.match(error.message, message);
				assert.ok(error.message.includes(path));
				assert.match(error.hint, hint);
				return true;
			});
		}
	});
}

test('a state folder below a file is refused', async context => {
	const file = join(scratch(context), 'file');
	writeFileSync(file, '');
	await assert.rejects(openStateFolder({HANDRAIL_STATE_DIR: join(file, 'state')}), /a part of the path is no folder/);
});

test('a state folder of another user is refused', async context => {
	if (process.geteuid?.() !== 0) return context.skip('giving a folder away needs root');
	const path = join(scratch(context), 'state');
	mkdir(path, 0o700);
	chownSync(path, 12345, 12345);
	await assert.rejects(openStateFolder({HANDRAIL_STATE_DIR: path}), /belongs to user 12345, not to you \(0\)/);
});
