import {matchesWildcard} from '../../core/text/wildcard.ts';
import {type Environment, isLooser} from './environment.ts';

/** What a configuration file says of the hosts that a pattern means; times in milliseconds. */
export type HostRule = {
	/** A name as `-H` takes it; `*` and `?` stand for letters. */
	pattern: string;
	environment?: Environment;
	/** Where its console is: shown when it does not come back. */
	console?: string;
	/** Within so long it is to be back from a reboot. */
	within?: number;
	/** So long after a reboot began a warning is due. */
	warn?: number;
};

export type HostSettings = {environment: Environment; console?: string; reboot: {within: number; warn: number}};

/** What is configured of the hosts of a site. */
export type Site = {of(host: string): HostSettings};

/**
 * `etc` are the rules of the machine's file (undefined where there is none), `own` those of the user. Of several rules
 * that mean a host the first that says a thing holds. A user's file may make an environment stricter than the machine's
 * does, never looser; a host of which nobody says anything counts as production.
 */
export function siteOf(etc: HostRule[] | undefined, own: HostRule[]): Site {
	return {
		of(host) {
			const [mine, theirs] = [rulesFor(own, host), rulesFor(etc ?? [], host)];
			const both = [...theirs, ...mine];
			const within = first(both, 'within') ?? usualWithin;
			const console = first(both, 'console');
			return {
				environment: environmentFor(host, etc !== undefined, first(theirs, 'environment'), first(mine, 'environment')),
				...(console !== undefined && {console}),
				reboot: {within, warn: Math.min(within, first(both, 'warn') ?? within / 2)},
			};
		},
	};
}

/** Milliseconds. */
const usualWithin = 10 * 60_000;

function environmentFor(host: string, hasEtc: boolean, etc?: Environment, own?: Environment): Environment {
	if (host === 'practice') return 'development';
	const above = etc ?? (hasEtc || own === undefined ? 'production' : own);
	return own === undefined || isLooser(own, above) ? above : own;
}

const rulesFor = (rules: HostRule[], host: string): HostRule[] =>
	rules.filter(({pattern}) => matchesWildcard(pattern.toLowerCase(), host.toLowerCase()));

const first = <K extends keyof HostRule>(rules: HostRule[], key: K): HostRule[K] | undefined =>
	rules.find(rule => rule[key] !== undefined)?.[key];
