// What holds for places of the server's file system.
import type {World} from './world.ts';

/** What the program makes anew each time. */
export const isVolatile = /^\/(?:proc|sys|dev|bin|usr\/bin)(?:\/|$)/;
/** Where everybody may write. */
export const openPlaces = /^\/(?:home\/admin|tmp|var\/tmp|dev|run\/handrail)(?:\/|$)/;
export const closedPlaces = /^\/(?:etc\/shadow|root|etc\/sudoers\.d)(?:\/|$)/;
export const keptPlaces = /^\/(?:proc|sys|dev|boot|backup|var)?\/?$/;

/** Whether it is the administrator's own, beside the home folder. */
export const isGiven = ({given = [], kept = []}: World, path: string): boolean => {
	const isWithin = (place: string) => path === place || path.startsWith(`${place}/`);
	return given.some(isWithin) && !kept.some(isWithin);
};
