import type {Requirement} from './model.ts';

/** Gauges that every host has. */
export const builtInGauges = [
	...['cpu', 'load', 'mem', 'swap', 'psi', 'net', 'dz', 'units', 'reboot'],
	...['pkglock', 'time', 'readonly', 'oom', 'uptime'],
];

/** Terms of `require`, joined by blanks; `/boot<90` is short for `disk:/boot<90`. Undefined where it is no such text. */
export function parseRequire(text: string): Requirement[] | undefined {
	const terms = text.split(/\s+/).filter(Boolean).map(parseTerm);
	return terms.length > 0 && terms.every(term => term !== undefined) ? terms : undefined;
}

/** The text that `parseRequire` reads back as the same terms. */
export const formatRequire = (require: Requirement[]): string => require.map(formatTerm).join(' ');

/** True for the gauges of every host, per mount ones included. */
export const isBuiltInGauge = (name: string): boolean => builtInGauges.includes(name) || /^(disk|inode):\//.test(name);

function parseTerm(text: string): Requirement | undefined {
	if (text === 'window' || text === 'promotion' || text === 'rollback') return {kind: text};
	const match = /^([^\s<>=]+)(?:<(\d{1,12}(?:\.\d{1,6})?)%?|=(unchanged))$/.exec(text);
	if (!match) return undefined;
	const gauge = match[1]!.startsWith('/') ? `disk:${match[1]}` : match[1]!;
	return match[3] ? {kind: 'gauge', gauge, unchanged: true} : {kind: 'gauge', gauge, below: Number(match[2])};
}

function formatTerm(term: Requirement): string {
	if (term.kind !== 'gauge') return term.kind;
	return 'below' in term ? `${term.gauge}<${term.below}` : `${term.gauge}=unchanged`;
}
