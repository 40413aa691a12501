import {apply, download} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import type {Chooses} from './rpm-packages.ts';
import {folder, type Scene, walk} from './scene.ts';

const wanted = (...names: string[]) =>
	`printf '%s-2.0-1.noarch ' ${names.join(' ')} | tee ${folder}/plan > ${folder}/wanted`;

export const dnfChooses: Chooses = {
	wanted,
	fetched: (...names) => `${wanted(...names)}; dnf -y --downloadonly upgrade ${names.join(' ')}`,
	upgrade: 'dnf -y upgrade',
	cache: '"$(dirname "$(ls -td /var/cache/dnf/lab-*/repodata | head -n 1)")/packages"',
};

/** What dnf alone says of packages. */
export function dnfPackages(scene: Scene): Provocation[] {
	const {fetched} = dnfChooses;
	const key = '/etc/pki/rpm-gpg/RPM-GPG-KEY-lab';
	const fetchAgain = () => walk(scene, download);
	return [
		{
			what: 'a package that is signed by a key that is not there',
			entry: 'the-key-of-a-repository-is-missing',
			provoke: `rpm -e gpg-pubkey; mv ${key} /root; ${wanted('lab-signed')}`,
			step: download,
			byHand: {afterwards: `mv /root/RPM-GPG-KEY-lab ${key}; rpm --import ${key}`},
		},
		{
			what: 'packages that were thrown away before they were applied',
			entry: 'what-was-fetched-is-damaged',
			provoke: `${fetched('lab-thrown')}; dnf clean packages`,
			step: apply,
			byHand: {afterwards: fetchAgain},
		},
		{
			what: 'metadata that was thrown away',
			entry: 'the-mirror-does-not-have-it',
			provoke: `${fetched('lab-kept')}; dnf clean metadata`,
			step: apply,
			byHand: {afterwards: fetchAgain},
		},
		{
			what: 'a package that is protected',
			entry: 'a-protected-package-would-be-removed',
			provoke: 'echo lab-plain > /etc/dnf/protected.d/lab.conf',
			step: {script: 'sudo dnf -y remove lab-plain'},
			mended: script => script.replace('remove', 'upgrade'),
		},
	];
}
