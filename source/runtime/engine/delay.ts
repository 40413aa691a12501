/** Ends early, without an error, when the signal says so. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		const timer = setTimeout(done, milliseconds);
		signal.addEventListener('abort', done, {once: true});
		function done() {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		}
		if (signal.aborted) done();
	});
}
