import {readFileSync} from 'node:fs';

/** The parts of the program, in the order in which they are put together; the last one begins. */
const parts = [
	'process',
	'run',
	'askpass',
	'folder',
	'state',
	'apart',
	'start',
	'output',
	'input',
	'cancel',
	'attend',
	'probe',
	'sudo',
	'verbs',
];

/** The program that runs on the host, sent with every request; its parts lie beside this module, also in the bundle. */
export const supervisor = parts.map(part => readFileSync(new URL(`./${part}.sh`, import.meta.url), 'utf8')).join('\n');
