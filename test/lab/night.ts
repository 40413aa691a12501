import type {Event} from '../../source/core/run/events.ts';
import type {RunSummary} from '../../source/core/run/run-summary.ts';
import {textOf} from '../runbooks/bundled.ts';
import type {LabRun} from './lab-run.ts';

/** A night with the bundled page: how the program ended, and what it recorded. */
export type Night = {
	code: number | null;
	/** All that it said: a stop stands at its end. */
	said: string;
	run: string;
	end: RunSummary['end'];
	events: Event[];
	/** What a block of the page printed. */
	output(block: string): string;
};

/** What the page offers to update. */
export type Scope = 'All updates' | 'Security updates only' | 'Named packages only';

/** Walks the whole page as a site does at night, without anybody. Another scope than the usual one stands in a copy of it. */
export async function walkNight(it: LabRun, scope: Scope = 'All updates', ...words: string[]): Promise<Night> {
	const page = scope === 'All updates' ? 'linux-patching' : it.program.write('night.md', firstOption(scope));
	return await goOn(it, ['run', page, '-H', it.host.name, '--trust', ...words]);
}

/** Goes on where the only open run has stopped. */
export async function resumeNight(it: LabRun, ...words: string[]): Promise<Night> {
	return await goOn(it, ['resume', ...words]);
}

/** Walks a rollback option of the page on what a night did. */
export async function rollBack(it: LabRun, {run}: Night, option: string): Promise<Night> {
	return await goOn(it, ['rollback', run, '--option', option]);
}

async function goOn({program, host}: LabRun, words: string[]): Promise<Night> {
	const {code, out, err} = await program.run([
		...words,
		'--yes',
		'--confirm',
		host.name,
		'--skip-manual',
		'a test',
		'--json',
	]);
	const [latest] = await program.runs();
	if (!latest) throw new Error(`No run has begun: ${err}`);
	const {id: run, end} = latest;
	const outputs = program.outputs(run);
	return {
		code,
		said: out.slice(-3000) + err,
		run,
		end,
		events: program.journal(run),
		output: block => outputs[block] ?? '',
	};
}

/** The page with the option in front that is taken where nobody chooses. */
function firstOption(scope: Scope): string {
	const text = textOf('linux-patching.md');
	const option = text.match(new RegExp(`^- \\[${scope}\\].*\\n`, 'm'))![0];
	return text.replace(option, '').replace(/^- \[All updates\]/m, `${option}$&`);
}
