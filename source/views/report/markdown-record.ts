import type {RunReport} from '../../core/run/run-report.ts';
import {code, fence} from './markdown-text.ts';
import {endWord, time} from './words.ts';

/** The chain of the journal, and how to verify it; the receipt. */
export function recordSection({chain, receipt}: RunReport): string[] {
	const {events, head, verified, recovered, verify} = chain;
	const lines = [
		'## Record',
		'',
		`- Events: ${events}`,
		`- Head: ${code(head)}`,
		`- Chain and files: ${verified ? 'unchanged up to this head' : '**CHANGED, see the top of this report**'}`,
	];
	for (const {at, bytes, kept} of recovered) {
		lines.push(`- Set aside at ${time(at)} UTC: a torn last line of ${bytes} bytes, kept as ${code(kept)}`);
	}
	if (receipt) {
		const isInChain = receipt.isInChain ? 'an event of this chain' : '**NOT an event of this chain**';
		lines.push(
			`- Receipt: ${endWord(receipt.end)}, deviations ${receipt.deviations}, head ${code(receipt.head)}, ${isInChain}`,
		);
	}
	return [...lines, '', 'To verify that nothing before this head was changed since:', '', ...fence(verify, 'sh')];
}
