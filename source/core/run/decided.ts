import type {NewEvent} from './events.ts';
import type {Refusal} from './told.ts';

export type Decided = {events: NewEvent[]} | {refused: Refusal};

export const refuse = (refused: Refusal): Decided => ({refused});

/** A refusal where the reason is empty. */
export const needsReason = (reason: string | undefined): Decided | undefined =>
	reason?.trim() ? undefined : refuse({code: 'needs-reason'});
