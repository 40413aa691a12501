import {mountTable} from './data/mount-table.ts';
import {kernels} from './packages.ts';
import type {World} from './world.ts';

/** /boot/grub/grub.cfg as update-grub writes it on Debian, without what no runbook reads. */
export function grubMenu(world: World): string {
	const releases = kernels(world).reverse();
	const entries = releases.flatMap(release => [
		entry(`Debian GNU/Linux, with Linux ${release}`, `gnulinux-${release}-advanced-${uuid}`, release),
		entry(
			`Debian GNU/Linux, with Linux ${release} (recovery mode)`,
			`gnulinux-${release}-recovery-${uuid}`,
			release,
			'single',
		),
	]);
	return `set default="0"
if [ "\${next_entry}" ] ; then
   set default="\${next_entry}"
fi
${entry('Debian GNU/Linux', `gnulinux-simple-${uuid}`, releases[0]!)}submenu 'Advanced options for Debian GNU/Linux' $menuentry_id_option 'gnulinux-advanced-${uuid}' {
${entries.join('').replaceAll(/^(?=.)/gm, '\t')}}
`;
}

/** The kernel that the next boot takes: the one that was chosen for it, else the newest. */
export function kernelToBoot(world: World): string {
	const all = kernels(world);
	const chosen = world.nextEntry?.split('>').at(-1) ?? '';
	const isPlain = !/recovery/.test(chosen);
	return all.find(release => isPlain && chosen.includes(release)) ?? all.at(-1) ?? world.kernel;
}

const {uuid} = mountTable.find(({place}) => place === '/')!;

const entry = (title: string, id: string, release: string, more = 'quiet'): string =>
	`menuentry '${title}' --class debian --class gnu-linux --class gnu --class os $menuentry_id_option '${id}' {
	linux	/vmlinuz-${release} root=UUID=${uuid} ro ${more}
	initrd	/initrd.img-${release}
}
`;
