import assert from 'node:assert/strict';
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';
import {requestLine} from '../../../source/runtime/hosts/request.ts';
import type {Shell} from '../../../source/runtime/hosts/shell.ts';
import {startRequest} from '../../../source/runtime/tasks/task-protocol.ts';
import {isMissing, shells} from '../../helpers/shells.ts';
import {spec, taskHost} from '../../helpers/task-host.ts';

for (const shell of shells) {
	describe(`An upload that is cut, in ${shell.name}`, {skip: isMissing(shell)}, () => {
		test('runs nothing and leaves nothing, wherever it was cut', async () => {
			const lab = taskHost(shell);
			const proof = join(lab.folder, 'proof');
			const request = startRequest(
				spec('cut', `touch '${proof}'\n: ${'x'.repeat(200)}\n`, {values: {A: 'b'}, secrets: ['S']}),
				{S: Buffer.from('secret')},
			);
			const whole = Buffer.byteLength(request.program) + Buffer.concat(request.payload!).length;
			for (const length of [0, 1, 4000, whole - 300, whole - 100, whole - 20, whole - 1]) {
				const line = await requestLine(cutAt(localShell(lab.environment), length), request).catch(String);
				assert.doesNotMatch(line, /^started/, String(length));
				assert.ok(!existsSync(lab.tasks) || readdirSync(lab.tasks).length === 0, String(length));
			}
			assert.ok(!existsSync(proof));
			assert.equal(await requestLine(cutAt(localShell(lab.environment), whole), request), 'started');
			await lab.remove();
		});
	});
}

/** A shell whose standard input ends early. */
function cutAt(shell: Shell, length: number): Shell {
	return {...shell, open: (command, stdin) => shell.open(command, first(stdin, length))};
}

async function* first(stdin: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
	let left = length;
	for await (const chunk of stdin) {
		yield chunk.subarray(0, left);
		left = Math.max(0, left - chunk.length);
	}
}
