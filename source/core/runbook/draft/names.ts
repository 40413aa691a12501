import type {Reporter} from '../findings.ts';
import type {Block, When} from '../model.ts';
import {canHoldTogether} from '../when.ts';

const mostVariants = 64;

/** Says which names are used twice where both may hold: in one section, and those of gauges in the whole document. */
export function createNameCheck(report: Reporter['report']) {
	const known = new Map<string, {when: When; line: number}[]>();
	return (scope: string, name: string, {when, place}: Pick<Block, 'when' | 'place'>) => {
		const key = `${scope}\n${name}`;
		const variants = known.get(key);
		if (!variants) known.set(key, [{when, line: place.line}]);
		else if (variants.length >= mostVariants) {
			if (variants.length === mostVariants) report('name-variants', place, name);
			variants.push({when, line: place.line});
		} else {
			const other = variants.find(variant => canHoldTogether(variant.when, when));
			if (other) report('name-twice', place, name, other.line);
			variants.push({when, line: place.line});
		}
	};
}
