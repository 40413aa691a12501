import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {Program} from '../helpers/program.ts';
import {textOf} from './bundled.ts';

/** What only looks, and what writes into the backup's folder: all but the refresh, up to the first change. */
function untilTheChange(): string {
	const text = textOf('linux-patching.md');
	const part = (from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));
	const preparation = part('---', '## During Patching\n')
		.replace(/```sh \{ name=refresh[\s\S]*?```\n/, '')
		// Of this machine no snapshot is taken, and no copy.
		.replaceAll(/^- \[(Snapshot with|Full copy) .*\n/gm, '')
		.replaceAll(/^##### (Snapshot with|Full copy) [\s\S]*?(?=^#{2,5} )/gm, '');
	const wayBack = part('### Downgrade the packages\n', '### Boot the previous kernel\n');
	const compared = part('#### Compare with the plan\n', '### Commands to Run\n');
	return `${preparation}## During Patching\n${compared}## Rollback Options\n${wayBack}`;
}

const isDebian = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
const limit = {timeout: 180_000, skip: isDebian ? false : 'needs root on Debian or Ubuntu'};

test('on this Debian machine all that comes before the first change is found out and saved', limit, async context => {
	const program = new Program(context);
	const programs = join(program.folder, 'bin');
	mkdirSync(programs);
	// Root may do everything; a container often has no sudo.
	writeFileSync(join(programs, 'sudo'), '#!/bin/sh\ntest "$1" != -l || exit 0\nexec "$@"\n');
	chmodSync(join(programs, 'sudo'), 0o755);
	const file = program.write('before.md', untilTheChange());
	const words = [
		...['run', file, '-H', 'local', '--plain', '--yes', '--trust', '--skip-manual', 'demo'],
		...['--var', `BACKUP_DIR=${join(program.folder, 'backup')}`, '--var', 'SNAPSHOT=test'],
	];
	const {code, out} = await program.run(words, {env: {PATH: `${programs}:${process.env['PATH']}`}});
	assert.equal(code, 0, out);
	assert.match(out, /every package is whole/);
	assert.match(out, /apt would do exactly what the plan says, and remove nothing/);
	const [run] = await program.runs();
	const plan = program.outputs(run!.id)['the-plan/plan']!;
	for (const line of plan.split('\n').filter(Boolean)) assert.match(line, /^\S+ (all|[a-z0-9]+) \S+ \S+ \S.*$/);
});
