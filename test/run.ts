import {chmodSync, globSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileReport, summary} from './runner/report.ts';
import {type FileResult, runFile} from './runner/run-file.ts';

// npm test [-- PART...]: runs the test files whose path contains one of the parts, two at a time.

process.umask(0o077);
const isStrict = Boolean(process.env['CI']);
const total = AbortSignal.any([interrupted(), AbortSignal.timeout(40 * 60_000)]);
const parts = process.argv.slice(2);
const files = globSync('test/**/*.test.{ts,tsx}').filter(isWanted).sort();

const scratch = mkdtempSync(join(tmpdir(), 'hr-'));
// Some tests run programs as another user, who has to get through here.
chmodSync(scratch, 0o711);
const results: FileResult[] = [];
const waiting = [...files.entries()];
await Promise.all([worker(), worker()]);
const passedAlone = await secondTry();
rmSync(scratch, {recursive: true, force: true});

const {text, isGood} = summary(results, isStrict);
for (const file of passedAlone) process.stdout.write(`failed beside another file, passed alone: ${file}\n`);
process.stdout.write(files.length > 0 ? text : `No test file's path contains ${parts.join(' or ')}\n${text}`);
process.exitCode = isGood && files.length > 0 ? 0 : 1;

/** The lab only in CI, or where it is asked for: it needs root, and makes the base of its hosts outside the repository. */
function isWanted(file: string): boolean {
	return parts.length > 0 ? parts.some(part => file.includes(part)) : isStrict || !file.startsWith('test/lab/');
}

async function worker() {
	for (let next = waiting.shift(); next; next = waiting.shift()) {
		const [number, file] = next;
		const result = await runFile(file, join(scratch, String(number)), total);
		process.stdout.write(fileReport(result, isStrict));
		results.push(result);
	}
}

/** What failed beside another file is tried once more, alone: a busy machine is no fault of the program. It is named. */
async function secondTry(): Promise<string[]> {
	const passed: string[] = [];
	for (const [at, {file, failures}] of results.entries()) {
		if (failures.length === 0 || total.aborted) continue;
		const result = await runFile(file, join(scratch, `again-${at}`), total);
		process.stdout.write(`again, alone: ${fileReport(result, isStrict)}`);
		results[at] = result;
		if (result.failures.length === 0) passed.push(file);
	}
	return passed;
}

/** Aborts at the first Ctrl-C or TERM, so that the test processes end too and the closing line is still printed. */
function interrupted(): AbortSignal {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new Error(name)));
	return controller.signal;
}
