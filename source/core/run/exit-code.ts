import type {RunState} from './state.ts';

/** Exit codes of the program: part of its contract. */
export const exitCodes = {
	completed: 0,
	failed: 1,
	usage: 2,
	open: 3,
	notConnected: 4,
	refused: 5,
} as const;

/** What a run that is over, or was stopped with a code, ends the program with. `rollback` walks to come back. */
export function exitCode(state: RunState, stopped: number | undefined, isRollback: boolean): number {
	if (!state.ended) return stopped ?? exitCodes.open;
	const good = isRollback ? 'rolled-back' : 'completed';
	return state.ended === good ? exitCodes.completed : exitCodes.failed;
}
