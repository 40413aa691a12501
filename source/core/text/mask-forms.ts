import {narrowest} from './line-join.ts';
import {shortest, variantsOf} from './mask-variants.ts';

/** The variants of a secret as they stand in text whose lines were joined where they may have been wrapped. */
export const formsOf = (secret: string): string[] => [
	...new Set(
		variantsOf(secret)
			.flatMap(joined)
			.filter(form => form.length >= shortest),
	),
];

/** A secret of several lines: its first line may be long enough by what stands before it. */
function joined(variant: string): string[] {
	const [first, ...lines] = variant.split(/\r\n|\n/);
	if (lines.length === 0) return [variant];
	const rest = lines.map((line, at) => line + (at < lines.length - 1 && line.length < narrowest ? '\n' : '')).join('');
	return first!.length < narrowest ? [`${first}\n${rest}`, first! + rest] : [first! + rest];
}
