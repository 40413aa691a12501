import {RE2JS} from 're2js';

/**
 * A linear-time (RE2) pattern: case-sensitive, `^` and `$` at every line. Throws where the text does not compile.
 * For text of one line (an input's value) this is the same as without line mode.
 */
export const compilePattern = (pattern: string): RE2JS => RE2JS.compile(pattern, RE2JS.MULTILINE);

/** Why a pattern does not compile, or undefined where it does. */
export function patternProblem(pattern: string): string | undefined {
	try {
		compilePattern(pattern);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
