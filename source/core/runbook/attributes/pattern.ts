import {compile, type Pattern, PatternError} from '../../text/patterns.ts';

/** The pattern, or why it does not compile. */
export function readPattern(source: string): {pattern: Pattern} | {why: string} {
	try {
		return {pattern: compile(source)};
	} catch (error) {
		if (!(error instanceof PatternError)) throw error;
		return {why: error.message};
	}
}
