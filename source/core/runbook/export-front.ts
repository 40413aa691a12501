import type {Input, Runbook} from './model.ts';
import {formatRequire} from './require.ts';

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
