#!/usr/bin/env node
import {version} from './commands/version.ts';

process.umask(0o077);

// Nothing else is loaded for the version, and each command loads only its own parts.
if (process.argv.length === 3 && process.argv[2] === '--version') {
	process.stdout.write(`${version()}\n`);
} else {
	const {start} = await import('./commands/start.ts');
	await start(process.argv.slice(2));
}
