import type {Term, When} from './model.ts';

/** Facts of a host that `when` can ask for. */
export const factKeys = ['os', 'family', 'pm', 'version', 'arch', 'init', 'env'] as const;

/** Names of inputs and captured values. */
export const variablePattern = /^[A-Z_][A-Z0-9_]*$/;

/** More of them say nothing that a person could read, and comparing variants takes their product. */
const mostTerms = 20;
const mostValues = 50;

/** Terms joined by blanks: `key=a,b`, `key!=a,b`. Undefined where it is no such text. */
export function parseWhen(text: string): When | undefined {
	const terms = text.split(/\s+/).filter(Boolean).map(parseTerm);
	return terms.length > 0 && terms.length <= mostTerms && terms.every(term => term !== undefined) ? terms : undefined;
}

/** The text that `parseWhen` reads back as the same terms. */
export const formatWhen = (when: When): string =>
	when.map(term => `${term.key}${term.not ? '!=' : '='}${term.values.join(',')}`).join(' ');

/** False where a term of one excludes a term of the other, whatever the host. */
export function canHoldTogether(one: When, other: When): boolean {
	return !one.some(a => other.some(b => a.key === b.key && isExcluding(a, b)));
}

function parseTerm(text: string): Term | undefined {
	const match = /^([A-Za-z_][A-Za-z0-9_]*)(!?)=([^\s=]+)$/.exec(text);
	const values = match?.[3]?.split(',') ?? [];
	if (!match || values.length > mostValues || values.includes('')) return undefined;
	return {key: match[1]!, not: match[2] === '!', values};
}

function isExcluding(a: Term, b: Term): boolean {
	if (a.not && b.not) return false;
	if (a.not) return isExcluding(b, a);
	if (b.not) return a.values.every(value => b.values.some(unwanted => holdsFor(a.key, unwanted, value)));
	return !a.values.some(x => b.values.some(y => holdsFor(a.key, x, y) || holdsFor(a.key, y, x)));
}

/** Versions compare whole parts: `9` holds for `9.4`. */
const holdsFor = (key: string, wanted: string, value: string): boolean =>
	value === wanted || (key === 'version' && value.startsWith(`${wanted}.`));
