import type {Configuration} from '../configuration/configuration.ts';

/** The configuration may ask more often, never so seldom that a dead peer stays unnoticed. */
export function keepalive({serverAliveInterval, serverAliveCountMax}: Configuration) {
	const own = serverAliveInterval * (serverAliveCountMax + 1);
	const isSooner = own > 0 && serverAliveCountMax > 0 && own < alive.interval * (alive.count + 1);
	return {
		keepaliveInterval: (isSooner ? serverAliveInterval : alive.interval) * 1000,
		keepaliveCountMax: isSooner ? serverAliveCountMax : alive.count,
	};
}

/** Seconds between questions whether the peer is there, and how many may go without an answer: noticed within 12 s. */
const alive = {interval: 3, count: 3};
