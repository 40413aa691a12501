import {readFileSync} from 'node:fs';

declare const __VERSION__: string | undefined;

/** The version of this program: built in by the bundler, else from the package's own description. */
export function version(): string {
	if (typeof __VERSION__ === 'string') return __VERSION__;
	return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}
