import {readFileSync} from 'node:fs';

/** The program that runs on the host, sent with every request; it lies beside this module, also in the bundle. */
export const supervisor = readFileSync(new URL('./supervisor.sh', import.meta.url), 'utf8');
