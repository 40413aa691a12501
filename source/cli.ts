#!/usr/bin/env node
declare const __VERSION__: string | undefined;

process.umask(0o077);

// Built, the version is answered from this file alone: each further file costs a tenth of the start of node itself.
if (process.argv.length === 3 && process.argv[2] === '--version' && typeof __VERSION__ === 'string') {
	process.stdout.write(`${__VERSION__}\n`);
} else {
	const {start} = await import('./commands/start.ts');
	await start(process.argv.slice(2));
}
