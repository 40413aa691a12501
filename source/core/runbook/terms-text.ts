import type {Requirement, When} from './model.ts';

/** `when` as authors write it: `pm=apt,dnf os!=debian`. */
export const whenText = (when: When): string =>
	when.map(({key, not, values}) => `${key}${not ? '!=' : '='}${values.join(',')}`).join(' ');

/** `require` as authors write it: `window rollback /boot<90`. */
export const requireText = (require: Requirement[]): string => require.map(termText).join(' ');

function termText(term: Requirement): string {
	if (term.kind !== 'gauge') return term.kind;
	const gauge = term.gauge.replace(/^disk:\//, '/');
	return 'below' in term ? `${gauge}<${term.below}` : `${gauge}=unchanged`;
}

/** A duration as authors write it, exactly: the largest unit that divides it. */
export function durationText(milliseconds: number): string {
	const [unit, size] = units.find(([, size]) => milliseconds % size === 0)!;
	return `${milliseconds / size}${unit}`;
}

const units: [string, number][] = [
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000],
	['ms', 1],
];
