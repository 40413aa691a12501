import {waitingWords} from '../../../core/run/waiting.ts';
import type {Model} from './model.ts';

/** `silent for 2 min, it waits for input`; '' while it is not worth a word. */
export function silenceWords({silence, now}: Pick<Model, 'silence' | 'now'>): string {
	if (!silence) return '';
	const minutes = Math.floor((now - silence.since) / minute);
	const lasts = minutes > 0 ? `silent for ${minutes} min` : '';
	return [lasts, silence.waits !== 'nothing' && waitingWords[silence.waits]].filter(Boolean).join(', ');
}

const minute = 60_000;
