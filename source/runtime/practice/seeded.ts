import {hash} from 'node:crypto';

/** The same words for the same seed and name: hexadecimal digits. */
export const seededHex = (seed: number, name: string, length: number): string =>
	hash('sha256', `practice ${seed} ${name}`).slice(0, length);

/** A UUID, as the kernel makes one for each boot. */
export function seededUuid(seed: number, name: string): string {
	const hex = seededHex(seed, name, 32);
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
