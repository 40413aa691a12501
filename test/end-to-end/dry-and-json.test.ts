import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Program} from '../helpers/program.ts';

const runbook = fileURLToPath(new URL('../fixtures/small-patching.md', import.meta.url));
const gated = (require: string, folder: string) =>
	`# Gated\n## One\n<!-- handrail require="${require}" -->\n\`\`\`sh {name=one}\ntouch ${folder}/ran\n\`\`\`\n`;

test('a dry run shows what would run and judges what it can, and neither runs, locks nor records anything', async context => {
	const program = new Program(context);
	const ended = await program.run([
		'run',
		runbook,
		'-H',
		'local',
		'--var',
		`FOLDER=${program.folder}/server`,
		'--dry-run',
	]);
	assert.equal(ended.code, 0, ended.err);
	assert.match(ended.out, /apply-the-updates\/apply \(run, changes\)/);
	assert.match(ended.out, /guard rollback .*not judged/);
	assert.match(ended.out, /nothing of the document was run, no lock was taken/);
	const refused = await program.run([
		'run',
		program.write('doc.md', gated('/<1', program.folder)),
		'-H',
		'local',
		'--dry-run',
		'--json',
	]);
	assert.equal(refused.code, 5, refused.err);
	const [host] = JSON.parse(refused.out);
	assert.equal(host.guards[0].holds, false);
	assert.match(host.guards[0].evidence, /\d/);
	assert.deepEqual(
		readdirSync(program.folder).sort(),
		['doc.md', 'home', 'state'],
		'no lock, and nothing of the document has run',
	);
	assert.ok(!existsSync(join(program.state, 'runs')));
});

test('--json prints the very lines of the journal, each parses, and output lines stand between them', async context => {
	const program = new Program(context);
	const folder = join(program.folder, 'server');
	const words = ['run', runbook, '-H', 'local', '--var', `FOLDER=${folder}`, '--var', 'LINES=2', '--json'];
	const ended = await program.run([...words, '--yes', '--trust', '--skip-manual', 'a test']);
	assert.equal(ended.code, 0, ended.err);
	const lines = ended.out.trimEnd().split('\n');
	const isOutput = (line: string) => JSON.parse(line).type === 'output';
	const run = (await program.runs())[0]!.id;
	assert.equal(
		`${lines.filter(line => !isOutput(line)).join('\n')}\n`,
		readFileSync(program.file(run, 'journal.jsonl'), 'utf8'),
	);
	const printed = lines.filter(isOutput).map(line => JSON.parse(line));
	assert.equal(
		printed.map(({text}) => text).join(''),
		Object.values(program.outputs(run)).join(''),
		'every byte of output is printed once',
	);
	const planned = lines.findIndex(line => line.includes('"task.planned"') && line.includes('apply-the-updates/apply'));
	const reported = lines.findIndex((line, at) => at > planned && line.includes('"block.ended"'));
	assert.ok(lines.slice(planned, reported).some(isOutput), 'output stands between the start of its task and its end');
	assert.match(ended.err, /head [0-9a-f]{64}/, 'what people read goes to standard error');
});

test('a jump with --from records what it skips, and an override stands in the report with its evidence', async context => {
	const program = new Program(context);
	const document = program.write(
		'doc.md',
		`# Jump\n## First\n\`\`\`sh {name=one}\ntouch ${program.folder}/first\n\`\`\`\n${gated('/<1', program.folder).replace('# Gated\n', '')}`,
	);
	const words = [
		'run',
		document,
		'-H',
		'local',
		'--plain',
		'--yes',
		'--from',
		'one',
		'--reason',
		'the first was done by hand',
	];
	const ended = await program.run([...words, '--override', 'disk:/=CHG42 allows it']);
	assert.equal(ended.code, 0, ended.out + ended.err);
	assert.ok(!existsSync(join(program.folder, 'first')));
	assert.ok(existsSync(join(program.folder, 'ran')));
	const report = await program.run(['report', (await program.runs())[0]!.id]);
	for (const what of ['the first was done by hand', 'CHG42 allows it', 'disk:/'])
		assert.ok(report.out.includes(what), what);
	const environment = await program.run([
		'run',
		document,
		'-H',
		'local',
		'--plain',
		'--env',
		'test',
		'--override',
		'environment=a lab',
	]);
	assert.equal(environment.code, 3, environment.err);
	assert.match(
		environment.out,
		/DEVIATION overrode the guard environment \(local counts as production, treated as test\): a lab/,
	);
});
