import type {Input, Runbook} from '../model.ts';
import {formatRequire} from '../require.ts';

/** No folding: what is one line stays one, and folded double quotes do not always read back (yaml 2.9). */
export const yamlStyle = {lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER} as const;

/** What stands on top of a runbook, as values of its keys; `title` only where no heading carries it. */
export function exportFront({declared, titled, title, inputs, require}: Runbook): Record<string, unknown> {
	return {
		...(declared && {handrail: 1}),
		...(!titled && {title}),
		...(Object.keys(inputs).length > 0 && {inputs: Object.fromEntries(Object.entries(inputs).map(inputEntry))}),
		...(require.length > 0 && {require: formatRequire(require)}),
	};
}

function inputEntry([name, input]: [string, Input]): [string, unknown] {
	const {prompt, default: given, pattern, values, secret} = input;
	return [
		name,
		{
			prompt,
			...(given !== undefined && {default: given}),
			...(pattern !== undefined && {pattern}),
			...(values && {values}),
			...(secret && {secret}),
		},
	];
}
