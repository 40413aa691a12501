import {surroundings} from '../../../source/commands/surroundings.ts';
import {question} from '../../../source/core/run/question.ts';
import {resumeRun} from '../../../source/runtime/engine/open-run.ts';
import {siteOf} from '../../../source/runtime/settings/site.ts';
import {fakeIo} from '../../helpers/fake-io.ts';
import type {LabRun} from '../lab-run.ts';

/** Gives a person's word on the one block of which nobody knows how it ended: that it was not done. */
export async function stateFailed({program}: LabRun, run: string): Promise<void> {
	const around = await surroundings(fakeIo({env: program.env}), siteOf(undefined, []));
	const {session, begin} = await resumeRun(around, run);
	try {
		await begin();
		await session.until(() => question(session.state)?.kind === 'unknown', AbortSignal.timeout(30_000));
		const asked = question(session.state);
		if (asked?.kind !== 'unknown') throw new Error(`Asked is ${asked?.kind}`);
		const refused = await session.tell({type: 'settle', block: asked.item.id, end: 'failed', reason: 'no power'});
		if (refused) throw new Error(JSON.stringify(refused));
	} finally {
		await session.close();
	}
}
