/** A file system: sizes in KiB; `base` is what is in use beside packages and files that are known one by one. */
export type Mount = {
	device: string;
	place: string;
	type: string;
	total: number;
	base: number;
	inodes: number;
	options: string;
	uuid: string;
	node: number;
};

/** The longest place comes first, so that the first that fits holds a path. */
export const mountTable: Mount[] = [
	{
		device: '/dev/vdb1',
		place: '/backup',
		type: 'ext4',
		total: 30_792_284,
		base: 1_204_000,
		inodes: 1_966_080,
		options: 'rw,relatime',
		uuid: '5d1f0a3e-0b1c-4a52-9d0e-6a1f6b3a7c11',
		node: 0xfd11,
	},
	{
		device: '/dev/vda1',
		place: '/boot',
		type: 'ext4',
		total: 480_618,
		base: 12_300,
		inodes: 124_928,
		options: 'rw,relatime',
		uuid: '0c9a3a52-7f5e-4d3c-8f0a-0d2f7a90be01',
		node: 0xfd01,
	},
	{
		device: '/dev/vda3',
		place: '/var',
		type: 'ext4',
		total: 10_218_772,
		base: 2_320_000,
		inodes: 655_360,
		options: 'rw,relatime',
		uuid: 'b3b1f0b5-3a36-4a0e-a3d6-2f3c1f0c5a33',
		node: 0xfd03,
	},
	{
		device: '/dev/vda2',
		place: '/',
		type: 'ext4',
		total: 20_466_256,
		base: 4_650_000,
		inodes: 1_310_720,
		options: 'rw,relatime,errors=remount-ro',
		uuid: '91f0a6c2-6c57-4d0e-9e77-3b7d7f5a9022',
		node: 0xfd02,
	},
];
