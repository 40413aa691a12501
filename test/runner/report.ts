import {inspect} from 'node:util';
import type {FileResult} from './run-file.ts';

/** One line for a file; under it, its failures in full. Strict: a skipped test is one of them. */
export function fileReport(result: FileResult, isStrict: boolean): string {
	const {file, duration, failures, skips, output} = result;
	const isBad = failures.length > 0 || (isStrict && skips.length > 0);
	const lines = [`${isBad ? 'FAIL' : 'ok  '} ${(duration / 1000).toFixed(1).padStart(6)} s  ${file}`];
	for (const {name, place, error} of failures) lines.push('', `  ${name} (${place})`, indented(described(error)), '');
	if (failures.length > 0 && output.trim() !== '')
		lines.push('  It printed:', indented(output.slice(-4000).trim()), '');
	return `${lines.join('\n')}\n`;
}

/** Names what was skipped, then the closing line; `isGood` is false where anything failed. */
export function summary(results: FileResult[], isStrict: boolean): {text: string; isGood: boolean} {
	const count = (of: (result: FileResult) => number) => results.reduce((sum, result) => sum + of(result), 0);
	const skips = results.flatMap(({file, skips}) => skips.map(({name, reason}) => `${file}: ${name}: ${reason}`));
	const skipped = isStrict ? 0 : skips.length;
	const failed = count(({failures}) => failures.length) + skips.length - skipped;
	const word = isStrict ? 'skipped, which is a failure here' : 'skipped';
	const lines = skips.sort().map(skip => `${word}: ${skip}`);
	lines.push(`${count(({passed}) => passed)} passed, ${failed} failed, ${skipped} skipped`);
	return {text: `${lines.join('\n')}\n`, isGood: failed === 0};
}

const described = (error: unknown): string =>
	typeof error === 'string' ? error : inspect(error, {colors: false, depth: 6, breakLength: 120});
const indented = (text: string): string => text.replaceAll(/^/gm, '    ');
