import type {World} from './world.ts';

export type Scenario = {title: string; prepare(world: World): void};

/** What the practice server has in store. */
export const scenarios: Record<string, Scenario> = {
	calm: {title: 'A night on which nothing goes wrong', prepare: () => undefined},
	conffile: {
		title: 'A configuration file that somebody has edited stops the upgrade in the middle',
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
};
