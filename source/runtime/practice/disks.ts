import {type Mount, mountTable} from './data/mount-table.ts';
import {installed, sizeOf} from './packages.ts';
import type {World} from './world.ts';

/** Space of a file system in KiB; `free` is what programs may use of it. */
export type Space = Mount & {used: number; free: number; usedInodes: number};

/** Sizes of files by path, in bytes. */
export type Sizes = ReadonlyMap<string, number>;

export function spaces(world: World, files: Sizes): Space[] {
	return mountTable.map(mount => {
		const known = usedByPackages(world, mount) + usedByFiles(files, mount);
		const used = Math.min(mount.total, mount.base + known);
		const usedInodes = Math.round(mount.base / 64) + 120;
		// ext4 keeps a part for root.
		return {...mount, used, free: Math.max(0, Math.round(mount.total * 0.95) - used), usedInodes};
	});
}

export const mountOf = (path: string): Mount => mountTable.find(mount => isWithin(path, mount.place))!;

export const spaceOf = (world: World, files: Sizes, path: string): Space =>
	spaces(world, files).find(space => isWithin(path, space.place))!;

/** The memory that the files of a world stand for. */
export function sizesOf(world: World): Map<string, number> {
	return new Map(
		Object.entries(world.files).map(([path, file]) => [
			path,
			world.sizes[path] ?? (file.kind === 'file' ? file.content.length : 0),
		]),
	);
}

function usedByPackages(world: World, mount: Mount): number {
	return mount.place === '/' ? installed(world).reduce((sum, name) => sum + sizeOf(world, name), 0) : 0;
}

function usedByFiles(files: Sizes, mount: Mount): number {
	let bytes = 0;
	for (const [path, size] of files) if (mountOf(path) === mount) bytes += size;
	return Math.ceil(bytes / 1024);
}

const isWithin = (path: string, place: string): boolean =>
	place === '/' || path === place || path.startsWith(`${place}/`);
