import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LinkLost} from '../../../source/runtime/hosts/host.ts';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';
import {read} from '../../../source/runtime/hosts/read.ts';
import {request, requestLine} from '../../../source/runtime/hosts/request.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';

const local = localShell();

test('What a login shell prints first is not taken for the answer', async () => {
	const noisy: Shell = {
		...local,
		open: (command, stdin) =>
			local.open(['sh', '-c', 'echo Welcome; printf "no newline" >&2; exec "$@"', 'sh', ...command], stdin),
	};
	const answer = await request(noisy, {program: 'echo "$1"; echo err >&2', words: ['hello']});
	assert.equal(Buffer.from(await answer.stdout.all(100)).toString(), 'hello\n');
	assert.equal(Buffer.from(await answer.stderr.all(100)).toString(), 'err\n');
	assert.deepEqual(await answer.ended, {exit: 0});
});

test('What follows the program on standard input is left to it, to the byte', async () => {
	const payload = [Buffer.from([0, 255, 10, 13]), Buffer.from('ende')];
	const answer = await request(local, {program: 'od -An -tx1', words: [], payload});
	assert.equal(
		Buffer.from(await answer.stdout.all(100))
			.toString()
			.trim(),
		'00 ff 0a 0d 65 6e 64 65',
	);
});

const losses: {title: string; command: string}[] = [
	{title: 'ends at once', command: 'exit 1'},
	{title: 'says something else', command: 'echo This account is not available; exit 1'},
];
for (const {title, command} of losses) {
	test(`A host that ${title} is a lost link`, async () => {
		const broken: Shell = {...local, open: (_, stdin) => local.open(['sh', '-c', command], stdin)};
		await assert.rejects(requestLine(broken, {program: 'echo', words: []}), LinkLost);
	});
}

test('A host that never answers does not hold up who reads from it', async () => {
	const silent: Shell = {...local, open: () => local.open(['sleep', '60'], (async function* () {})())};
	const script = {script: 'true', interpreter: ['sh'], values: {}, timeout: 100};
	assert.equal((await read(silent, script)).exit, 124);
	await local.close();
});

test('No word of a command line has to be quoted', async () => {
	for (const word of ["it's", 'a b', '$x', '!', '', '\n']) {
		await assert.rejects(requestLine(local, {program: 'echo', words: [word]}), /Not a plain word/);
	}
});
