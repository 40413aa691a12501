import type {Event} from '../../core/run/events.ts';
import type {DeviationReport} from '../../core/run/run-report.ts';
import {lineDiff} from '../../core/text/line-diff.ts';
import {deviationWords} from '../../core/text/words.ts';
import {type Context, commandOf} from './context.ts';

/** Every departure from the document, in the order in which they were made. */
export function deviationReports(context: Context): DeviationReport[] {
	return context.events.flatMap((event, index) => {
		if (event.type !== 'deviation') return [];
		const {at, host, about, reason} = event;
		const block = 'block' in about ? about.block : null;
		const by = event.by ?? (about.kind === 'edit' ? editorOf(context, host, about.block, index) : undefined);
		const difference = about.kind === 'edit' ? differenceOf(context, host, about.block, index) : null;
		return [{at, host, kind: about.kind, block, words: deviationWords(about), reason, by: by ?? null, difference}];
	});
}

/** Who asked for the start, which the guards let pass later. */
function editorOf({events}: Context, host: string | null, block: string, index: number): Event['by'] {
	return events
		.slice(0, index)
		.findLast(event => event.type === 'request.made' && event.host === host && event.request.block === block)?.by;
}

/** The edited text stands in the plan of the task that it was for. */
function differenceOf(context: Context, host: string | null, block: string, index: number): string[] | null {
	const planned = context.events
		.slice(index + 1)
		.find(event => event.type === 'task.planned' && event.host === host && event.block === block);
	const edited = planned?.type === 'task.planned' ? planned.edited?.script : undefined;
	if (edited === undefined) return null;
	const original = host === null ? undefined : commandOf(context, host, block)?.script;
	return original === undefined ? edited.split('\n').map(line => `+${line}`) : lineDiff(original, edited);
}
