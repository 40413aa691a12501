import type {Pace} from './machine.ts';

/** Time that passes at once, up to a moment at which everything is stopped; nobody types anything. */
export const instantPace = (until: number): Pace => ({
	async wait(from, milliseconds) {
		const at = from + milliseconds;
		return at > until ? {at: until, signal: 'KILL'} : {at};
	},
	async line(from, milliseconds = Number.POSITIVE_INFINITY) {
		const at = from + milliseconds;
		return at > until ? {at: until, signal: 'KILL'} : {at};
	},
});
