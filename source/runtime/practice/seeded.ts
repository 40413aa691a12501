import {hash} from 'node:crypto';

/** The same words for the same seed and name: hexadecimal digits. */
export const seededHex = (seed: number, name: string, length: number): string =>
	hash('sha256', `practice ${seed} ${name}`).slice(0, length);

/** A UUID, as the kernel makes one for each boot. */
export function seededUuid(seed: number, name: string): string {
	const hex = seededHex(seed, name, 32);
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** A number from 0 up to, not including, 1. */
export const seededShare = (seed: number, name: string): number =>
	Number.parseInt(seededHex(seed, name, 8), 16) / 0x1_0000_0000;
