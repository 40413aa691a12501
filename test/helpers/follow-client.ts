import {createWriteStream, statSync} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import {localHost} from '../../source/runtime/hosts/local.ts';

// A client that may be killed at any moment: starts the task (again), and adds to the file what it lacks.
const [task, script, file] = process.argv.slice(2) as [string, string, string];
const host = localHost();
const more = {interpreter: ['sh', '-e'], values: {}, secrets: [], capture: false, sudo: false};
await host.start({task, script, ...more}, {});
const offset = statSync(file, {throwIfNoEntry: false})?.size ?? 0;
await pipeline(host.follow(task, offset, new AbortController().signal), createWriteStream(file, {flags: 'a'}));
process.stdout.write(JSON.stringify(await host.ask(task)));
await host.close();
