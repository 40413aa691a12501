import {packageTable} from './data/package-table.ts';
import {kernelFiles} from './kernel-files.ts';
import {kernels} from './packages.ts';
import type {World} from './world.ts';

export type Scenario = {title: string; prepare(world: World): void};

/** What the practice server has in store. */
export const scenarios: Record<string, Scenario> = {
	calm: {title: 'A night on which nothing goes wrong', prepare: () => undefined},
	conffile: {
		title: 'A configuration file that somebody has edited stays, and the new one is to be merged',
		prepare(world) {
			const file = world.files['/etc/nginx/nginx.conf']!;
			file.content = file.content.replace('worker_connections 768', 'worker_connections 4096');
		},
	},
	'kept-file': {
		title: 'A new version does not start with the configuration file that was kept for it',
		prepare(world) {
			const file = world.files['/etc/nginx/nginx.conf']!;
			file.content = file.content.replace('sendfile on;', 'sendfile on;\n\tssl on;');
		},
	},
	'up-to-date': {
		title: 'A night on which there is nothing to update',
		prepare(world) {
			for (const {name, versions, isHeld, isAutomatic} of Object.values(packageTable)) {
				if (!isHeld)
					world.packages[name] = {version: versions.at(-1)!.version, status: 'ii', ...(isAutomatic && {isAutomatic})};
			}
			world.kernel = kernels(world).at(-1)!;
			for (const [path, size] of kernelFiles(world.kernel)) {
				world.files[path] = {kind: 'file', content: '', mode: 0o644, at: world.boot.at};
				world.sizes[path] = size;
			}
		},
	},
};
