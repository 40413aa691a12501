// Started and killed by the test of what killed tests leave behind.
import {labHost} from './lab-host.ts';

const host = await labHost({after() {}});
process.stdout.write(`${host.processes().join(' ')}\n`);
setInterval(() => {}, 1000);
