import {useEffect, useEffectEvent, useLayoutEffect, useRef} from 'react';
import type {Session} from '../../../runtime/engine/session.ts';
import {useKeySequences} from '../parts/use-key-sequences.ts';
import {Interaction, type Left} from './interaction.ts';
import type {Live} from './live.ts';
import type {Overlay} from './ui-state.ts';

/** Milliseconds after a command has ended by itself under the operator's hands: what was meant for it is no key here. */
const quiet = 1000;

export type Typing = {
	paste(text: string): void;
	/** Whether a key that comes now was meant for a task. */
	isForTask(): boolean;
};

/** Types into the task that is answered, as long as that is on the screen. */
export function useInteraction(
	session: Session,
	live: Live,
	overlay: Overlay | undefined,
	left: (task: string, how: Left) => void,
): Typing {
	const current = useRef<Interaction>(undefined);
	const until = useRef(0);
	const task = overlay?.kind === 'interaction' ? overlay.task : undefined;
	const {host} = live.model();
	const isOver = task !== undefined && host.tasks[task]?.phase !== 'running';
	const hasLeft = useEffectEvent((ended: string, how: Left) => left(ended, how));

	// Before any key can come.
	useLayoutEffect(() => {
		if (task === undefined) return;
		const {host: at} = live.model();
		const interaction = new Interaction(session, at.name, task, live.screen(task), how => {
			if (current.current !== interaction) return;
			current.current = undefined;
			if (how !== 'pipe' && !how.isByKey) until.current = performance.now() + quiet;
			hasLeft(task, how);
		});
		current.current = interaction;
		live.hurry(true);
		return () => {
			live.hurry(false);
			interaction.leave('');
		};
	}, [session, live, task]);

	useEffect(() => {
		if (isOver) current.current?.leave('it has ended');
	}, [isOver]);

	useKeySequences(sequence => {
		if (sequence !== '') current.current?.key(sequence);
	});

	return {
		paste: text => current.current?.paste(text),
		isForTask: () => current.current !== undefined || performance.now() < until.current,
	};
}
