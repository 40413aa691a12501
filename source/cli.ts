#!/usr/bin/env node
declare const __VERSION__: string | undefined;

process.umask(0o077);

// Built, the version is answered from this file alone: each further file costs a tenth of the start of node itself.
if (process.argv.length === 3 && process.argv[2] === '--version' && typeof __VERSION__ === 'string') {
	process.stdout.write(`${__VERSION__}\n`);
} else if (Number.parseInt(process.versions.node, 10) < 22) {
	// Said here: an older Node cannot even load what follows.
	process.stderr.write(
		`handrail: This is Node ${process.versions.node}; 22 or newer is needed\n  See https://nodejs.org\n`,
	);
	process.exitCode = 2;
} else {
	const {start} = await import('./commands/start.ts');
	await start(process.argv.slice(2));
}
