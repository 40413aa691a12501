import {plainText} from './inline-text.ts';

/** The text of a short paragraph that is only bold, without final punctuation. */
export function boldTitle(content: string): string | undefined {
	const mark = content.slice(0, 2);
	const inner = content.slice(2, -2);
	if ((mark !== '**' && mark !== '__') || content.length > 84 || !content.endsWith(mark)) return undefined;
	if (inner.includes(mark) || inner.includes('\n') || !/^\S(.*\S)?$/.test(inner)) return undefined;
	const title = plainText(inner);
	return title === '' || /[.!?:;,…。！？：]$/.test(title) ? undefined : title;
}
