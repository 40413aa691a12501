import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {outputOf} from '../../../../source/runtime/ssh/configuration/output-of.ts';
import {until} from '../../../helpers/task-host.ts';

const run = (script: string, signal = new AbortController().signal) =>
	outputOf('sh', ['-c', script], process.env, signal);

test('a program is told by both its streams and its exit status, and reads nothing', async () => {
	assert.deepEqual(await run('cat; echo out; echo err >&2; exit 7'), {out: 'out\n', err: 'err\n', status: 7});
});

test('a program that does not exist is an error, not a rejection', async () => {
	const {error, status} = await outputOf('/no/such/program', [], process.env, new AbortController().signal);
	assert.deepEqual([error?.code, status], ['ENOENT', null]);
});

test('a program that is ended takes with it what it has started', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'output-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'pid');
	const leaving = new AbortController();
	const output = run(`sleep 1000 & echo $! > ${file}.new; mv ${file}.new ${file}; wait`, leaving.signal);
	await until(() => existsSync(file));
	leaving.abort();
	assert.deepEqual(await output, {out: '', err: '', status: null});
	const child = Number(readFileSync(file, 'utf8'));
	await until(() => !isRunning(child));
});

/** A process that nobody has waited for is not running. */
function isRunning(id: number): boolean {
	try {
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
	} catch {
		return false;
	}
}
