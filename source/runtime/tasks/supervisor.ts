import {readFileSync} from 'node:fs';

const read = (name: URL): string => readFileSync(name, 'utf8');

/** The program that runs on the host, sent with every request; its parts lie beside this module, also in the bundle. */
export const supervisor =
	read(new URL('./sudo.sh', import.meta.url)) + read(new URL('./supervisor.sh', import.meta.url));
