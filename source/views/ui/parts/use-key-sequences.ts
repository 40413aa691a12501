import {useStdin} from 'ink';
import {useEffect, useEffectEvent} from 'react';

/** Keys exactly as the terminal sent them, one by one; Ink's own hook tells fewer of them apart. */
export function useKeySequences(listener: (sequence: string) => void): void {
	const {internal_eventEmitter: emitter} = useStdin() as ReturnType<typeof useStdin> & Emitting;
	const hear = useEffectEvent(listener);
	useEffect(() => {
		emitter.on('input', hear);
		return () => void emitter.removeListener('input', hear);
	}, [emitter]);
}

type Emitting = {
	internal_eventEmitter: {
		on(event: 'input', listener: (sequence: string) => void): unknown;
		removeListener(event: 'input', listener: (sequence: string) => void): unknown;
	};
};
