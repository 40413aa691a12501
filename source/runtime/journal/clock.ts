import {readFileSync} from 'node:fs';

/** Where the times of the record come from. */
export type Clock = {
	/** The wall clock: for people, never for order. */
	now(): Date;
	/** Monotonic milliseconds of this machine. */
	up(): number;
	/** Which boot of the machine `up` belongs to. */
	boot: string;
};

export const systemClock = (): Clock => ({
	now: () => new Date(),
	up: () => Number(process.hrtime.bigint() / 1_000_000n),
	boot: bootId(),
});

/** The kernel's id of this boot; empty where there is none. */
export function bootId(): string {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
	} catch {
		return '';
	}
}
