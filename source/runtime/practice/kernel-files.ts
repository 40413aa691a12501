/** What a kernel puts into /boot: paths and bytes. */
export const kernelFiles = (release: string): [path: string, bytes: number][] => [
	[`/boot/vmlinuz-${release}`, 8_223_296],
	[`/boot/initrd.img-${release}`, 60_817_408],
	[`/boot/System.map-${release}`, 83],
	[`/boot/config-${release}`, 259_530],
];
