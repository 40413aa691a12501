import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';

const programs = [
	...['mmdebstrap', 'systemd-nspawn', 'ip', 'tc', 'unshare', 'nsenter', 'flock'],
	...['ssh', 'ssh-keygen', 'gpg', 'openssl', 'dpkg-deb', 'apt-ftparchive'],
	...['rpmbuild', 'rpmsign', 'createrepo_c'],
	...['mkfs.ext4', 'mkfs.btrfs'],
];

/** The reason why there can be no host of the lab here, or false. */
export const hasNoLab: string | false = whyNot();

function whyNot(): string | false {
	if (process.getuid?.() !== 0) return 'only root can make hosts';
	const folders = `${process.env['PATH']}:/usr/sbin:/sbin`.split(delimiter);
	const missing = programs.filter(program => !folders.some(folder => existsSync(join(folder, program))));
	return missing.length > 0 && `not installed: ${missing.join(', ')}`;
}
