import {chmodSync, mkdirSync, rmSync} from 'node:fs';
import {run} from 'node:test';
import {environment} from './environment.ts';
import {unmountBelow} from './unmount-below.ts';

export type FileResult = {
	file: string;
	passed: number;
	failures: Failure[];
	skips: {name: string; reason: string}[];
	/** Milliseconds. */
	duration: number;
	/** What the file printed. */
	output: string;
};

/** `place` is `file:line`. */
export type Failure = {name: string; place: string; error: unknown};

/** Runs one test file in a process and a temporary folder of its own; one that hangs is ended and counts as failed. */
export async function runFile(file: string, folder: string, total: AbortSignal): Promise<FileResult> {
	const result: FileResult = {file, passed: 0, failures: [], skips: [], duration: 0, output: ''};
	const started = performance.now();
	const limit = AbortSignal.timeout(fileLimit);
	mkdirSync(folder);
	chmodSync(folder, 0o711);
	const jsx = file.endsWith('x') ? ['--import', new URL('../helpers/jsx.ts', import.meta.url).href] : [];
	const stream = run({
		files: [file],
		env: environment(folder),
		execArgv: [`--test-timeout=${testLimit}`, ...jsx],
		signal: AbortSignal.any([total, limit]),
	});
	let isSuccess = true;
	for await (const {type, data} of stream) {
		if (type === 'test:pass' || type === 'test:fail') add(result, type, data as Ended);
		else if (type === 'test:stdout' || type === 'test:stderr') result.output += data.message;
		else if (type === 'test:summary') isSuccess &&= data.success;
	}
	if (limit.aborted) fail(result, new Error(`did not end within ${fileLimit / 1000} s`));
	else if (total.aborted) fail(result, new Error('ended early: the whole run was interrupted or took too long'));
	else if (!isSuccess && result.failures.length === 0) fail(result, new Error('the test process failed'));
	else if (result.passed + result.failures.length + result.skips.length === 0) fail(result, new Error('holds no test'));
	unmountBelow(folder);
	rmSync(folder, {recursive: true, force: true, maxRetries: 3});
	return {...result, duration: performance.now() - started};
}

type Ended = {
	name: string;
	file?: string;
	line?: number;
	skip?: string | boolean;
	todo?: string | boolean;
	details: {type?: string; error?: Error & {failureType?: string}};
};

function add(result: FileResult, type: 'test:pass' | 'test:fail', {name, line, skip, todo, details}: Ended) {
	const {error} = details;
	if (error?.failureType === 'subtestsFailed') return;
	if (skip !== undefined || todo !== undefined) {
		result.skips.push({name, reason: typeof skip === 'string' ? skip : todo === undefined ? '' : 'to do'});
	} else if (type === 'test:fail') {
		result.failures.push({name, place: `${result.file}:${line ?? 1}`, error: error?.cause ?? error});
	} else if (details.type !== 'suite' && name !== result.file) result.passed++;
}

function fail(result: FileResult, error: Error) {
	result.failures.push({name: 'the file as a whole', place: `${result.file}:1`, error});
}

const testLimit = 120_000;
const fileLimit = 6 * 60_000;
