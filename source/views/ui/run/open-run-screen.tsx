import type {Session} from '../../../runtime/engine/session.ts';
import {openScreen, type Screen} from '../open-screen.tsx';
import {RunScreen} from './run-screen.tsx';

/** Shows a run until the operator leaves it, or the signal says so. */
export async function openRunScreen(session: Session, screen: Screen, signal: AbortSignal): Promise<void> {
	await openScreen(screen, signal, leave => <RunScreen session={session} isAscii={screen.isAscii} leave={leave} />);
}
