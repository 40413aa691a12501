/** The parts of a version as rpm has it, `[EPOCH:]VERSION-RELEASE`; names of files are without the epoch. */
export function rpmVersion(version: string): {epoch: string; number: string; release: string; file: string} {
	const [, epoch = '0', number, release] = /^(?:(\d+):)?(.*)-(.*)$/.exec(version)!;
	return {epoch, number: number!, release: release!, file: `${number}-${release}`};
}
