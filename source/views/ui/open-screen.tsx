import {render} from 'ink';
import type {ReactNode} from 'react';
import {holdErrors} from './parts/hold-errors.ts';
import {looksOf} from './parts/looks.ts';
import {Looks} from './parts/rows.tsx';

export type Screen = {
	stdout: NodeJS.WriteStream;
	stdin: NodeJS.ReadStream;
	stderr: NodeJS.WriteStream;
	/** No colours: NO_COLOR. */
	isPlain: boolean;
	/** The locale is not UTF-8. */
	isAscii: boolean;
};

/**
 * Shows what `draw` makes until it calls `leave`, or the signal says so. The terminal is as before when it resolves, and
 * when it rejects: with what a component threw.
 */
export async function openScreen(
	screen: Screen,
	signal: AbortSignal,
	draw: (leave: () => void) => ReactNode,
): Promise<void> {
	if (signal.aborted) return;
	const letGo = holdErrors(screen.stderr);
	let leave = (): void => undefined;
	const app = render(<Looks value={looksOf(screen.isPlain)}>{draw(() => leave())}</Looks>, {
		stdout: screen.stdout,
		stdin: screen.stdin,
		stderr: screen.stderr,
		alternateScreen: true,
		incrementalRendering: true,
		// It is opened for a person at a terminal only; in an environment with CI set, nothing would be drawn.
		interactive: true,
		// The data come at most ten times a second; a key is drawn at once.
		maxFps: 1000,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	leave = () => app.unmount();
	// Whoever reports an error that nobody caught prints it on the normal screen.
	const restore = () => {
		app.unmount();
		letGo();
	};
	process.prependListener('uncaughtException', restore);
	signal.addEventListener('abort', leave, {once: true});
	try {
		await app.waitUntilExit();
	} finally {
		signal.removeEventListener('abort', leave);
		process.off('uncaughtException', restore);
		letGo();
	}
}
