// What holds for places of the server's file system.

/** What the program makes anew each time. */
export const isVolatile = /^\/(?:proc|sys|dev|bin|usr\/bin)(?:\/|$)/;
/** Where everybody may write. */
export const openPlaces = /^\/(?:home\/admin|tmp|var\/tmp|dev|run\/handrail)(?:\/|$)/;
export const closedPlaces = /^\/(?:etc\/shadow|root|etc\/sudoers\.d)(?:\/|$)/;
export const keptPlaces = /^\/(?:proc|sys|dev|boot|backup|var)?\/?$/;
