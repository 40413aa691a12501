import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Unmounts what a test that was killed has left mounted below a folder. */
export function unmountBelow(folder: string): void {
	const places = readFileSync('/proc/self/mounts', 'utf8')
		.split('\n')
		.map(line => line.split(' ')[1] ?? '')
		.filter(place => place.startsWith(`${folder}/`));
	// The innermost first; lazily, since a process may still be at home in it.
	for (const place of places.reverse()) execFileSync('umount', ['-l', place]);
}
