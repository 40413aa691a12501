type SuspendTerminal = (use: () => void) => Promise<void>;

/** What ctrl-z does to a program that reads single keys itself: the whole job stops, and `fg` brings the screen back. */
export async function suspend(suspendTerminal: SuspendTerminal): Promise<void> {
	// To the group, as a terminal would send it: who started us (npm, sudo) stops with us. Without a shell that could
	// bring it back, the system ignores this signal, where SIGSTOP would stop for good.
	await suspendTerminal(() => void process.kill(0, 'SIGTSTP'));
}
