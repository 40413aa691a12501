import {render} from 'ink';
import {mask} from '../../core/text/mask.ts';
import type {Session} from '../../runtime/engine/session.ts';
import {Looks, looksOf} from './parts/looks.ts';
import {RunScreen} from './run/run-screen.tsx';

export type Screen = {
	stdout: NodeJS.WriteStream;
	stdin: NodeJS.ReadStream;
	/** No colours: NO_COLOR. */
	isPlain: boolean;
	/** The locale is not UTF-8. */
	isAscii: boolean;
};

/** Shows a run until the operator leaves it; the terminal is as before when it resolves. */
export async function openScreen(session: Session, screen: Screen, signal: AbortSignal): Promise<void> {
	const secrets = () => session.secrets.all().map(bytes => Buffer.from(bytes).toString());
	const hide = (text: string): string => mask(text, secrets());
	let leave = () => undefined as unknown;
	const app = render(
		<Looks value={looksOf(screen.isPlain)}>
			<RunScreen session={session} isAscii={screen.isAscii} hide={hide} leave={() => leave()} />
		</Looks>,
		{
			stdout: screen.stdout,
			stdin: screen.stdin,
			alternateScreen: true,
			incrementalRendering: true,
			exitOnCtrlC: false,
			patchConsole: false,
		},
	);
	leave = () => app.unmount();
	const stop = () => app.unmount();
	signal.addEventListener('abort', stop, {once: true});
	try {
		await app.waitUntilExit();
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
