import {neededConfirmation} from '../../core/run/needs.ts';
import {visible} from '../../core/text/filter.ts';
import {lineDiff} from '../../core/text/line-diff.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {editText} from './edit-text.ts';
import type {Prompt} from './prompt.ts';
import type {Answer, Asked} from './walk-plain.ts';

/** Lets the person change a command, shows the difference, and asks for it as for any other that changes. */
export async function askEdit(
	session: Session,
	asked: Asked,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<Answer | undefined> {
	if (!('block' in asked) || asked.block.kind !== 'command') return undefined;
	const {block, item, host} = asked;
	const last = asked.kind === 'failure' ? asked.task?.edited?.script : undefined;
	const before = last ?? block.script;
	const text = await prompt.lend(() => editText(before, session.world.folder.path));
	if (text.trim() === '') return notRun('nothing is left of it');
	if (text === block.script) return notRun('nothing was changed');
	for (const line of lineDiff(block.script, text)) prompt.write(`    ${visible(line)}\n`);
	const needed = neededConfirmation(block, true);
	const word = needed === 'name' ? host : 'y';
	const typed = await prompt.answer(
		`  Type ${word}${needed === 'name' ? ", the host's name," : ''} to run it like this: `,
		signal,
	);
	if (typed === undefined) return {stop: 3, why: 'the input has ended'};
	if (typed !== word) return notRun('not confirmed');
	const reason = await prompt.text('Reason for the edit: ', signal);
	if (!reason) return notRun('it needs a reason');
	return {tell: {type: 'run', block: item.id, confirmed: needed, edited: {script: text, reason}}};

	function notRun(why: string): undefined {
		prompt.write(`  ! not run: ${why}\n`);
	}
}
