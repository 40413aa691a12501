import {download} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import type {Chooses} from './rpm-packages.ts';
import {folder} from './scene.ts';

const wanted = (...names: string[]) => `cd ${folder}
echo named > scope
echo ${names.join(' ')} > named
printf '%s noarch 1.0-1 2.0-1 -\\n' ${names.join(' ')} > plan`;

export const zypperChooses: Chooses = {
	wanted,
	// What is to be applied is fetched by the way.
	fetched: wanted,
	upgrade: 'zypper --non-interactive update',
	cache: '/var/cache/zypp/packages/lab',
};

/** What zypper alone says of packages. */
export const zypperPackages: Provocation[] = [
	{
		what: 'a package that is locked',
		entry: 'zypper-finds-no-solution',
		provoke: `zypper --non-interactive addlock lab-kept; ${wanted('lab-kept')}`,
		step: download,
		byHand: {afterwards: 'zypper --non-interactive removelock lab-kept'},
	},
	{
		what: 'a question that nobody answers',
		entry: 'zypper-asks-something',
		step: {script: 'sudo zypper update lab-thrown'},
		mended: script => script.replace('zypper', 'zypper --non-interactive'),
	},
];
