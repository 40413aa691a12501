import {join} from 'node:path';
import type {HostState, RunState} from '../../../source/core/run/state.ts';
import type {Command} from '../../../source/core/runbook/model.ts';
import {readMarkdown} from '../../../source/core/runbook/read-markdown.ts';
import {OutputInspection} from '../../../source/runtime/engine/inspect-output.ts';
import {readAhead} from '../../../source/runtime/hosts/read-ahead.ts';
import {OutputFile} from '../../../source/runtime/journal/output-file.ts';
import {createTaskFolder} from '../../../source/runtime/journal/task-folder.ts';
import {sshHost} from '../../../source/runtime/ssh/ssh-host.ts';
import {peakOf} from './processes.ts';

// Records the output of `cat FILE` on web1 as a run does, and says what that took: node recorder.ts FOLDER FILE

const [folder, content] = process.argv.slice(2) as [string, string];
const task = `bench-${process.pid}`;
const never = new AbortController().signal;
const script = `cat '${content}'`;

const began = performance.now();
const host = sshHost('web1', {host: 'web1'}, {env: process.env, acceptsNew: false});
await host.connect(never);
await host.start({task, script, interpreter: ['sh', '-e'], values: {}, secrets: [], capture: false, sudo: false}, {});
const files = await createTaskFolder({id: 'run', path: join(folder, 'run')} as never, task, Buffer.from(script));
const file = await OutputFile.open(files, () => performance.now() - began);
const {runbook} = readMarkdown('# Nothing\n', 'nothing.md');
const inspection = new OutputInspection({runbook} as RunState, {} as HostState, {} as Command, () => []);
for await (const bytes of readAhead(host.follow(task, 0, never))) {
	await file.append(bytes);
	inspection.write(bytes);
}
await file.sync();
await file.close();
const {sha256} = inspection.end();
const report = await host.ask(task);
const wall = performance.now() - began;
if (!sha256 || report.is !== 'ended' || report.exit !== 0 || report.bytes !== file.size()) {
	throw new Error(`${file.size()} bytes of ${JSON.stringify(report)}`);
}
process.stdout.write(JSON.stringify({wall, peak: peakOf('self')}));
await host.reap(task);
await host.close();
