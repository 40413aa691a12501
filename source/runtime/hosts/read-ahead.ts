/**
 * The same bytes, read while whoever asked for the last ones is busy with them, and then given together: many small writes
 * cost more than what is written. Holds at most `most` bytes and the piece that came then. Where it is left early, the
 * source ends with its next piece.
 */
export async function* readAhead(source: AsyncIterable<Uint8Array>, most = 1 << 17): AsyncGenerator<Uint8Array> {
	let [held, length]: [Uint8Array[], number] = [[], 0];
	let [isOver, isLeft] = [false, false];
	let [come, take] = [() => {}, () => {}];
	const read = async () => {
		for await (const bytes of source) {
			if (isLeft) return;
			held.push(bytes);
			length += bytes.length;
			come();
			if (length >= most) await new Promise<void>(resolve => (take = resolve));
		}
	};
	const reading = read().finally(() => {
		isOver = true;
		come();
	});
	reading.catch(() => {});
	try {
		for (;;) {
			while (length === 0 && !isOver) await new Promise<void>(resolve => (come = resolve));
			if (length === 0) break;
			const bytes = held.length === 1 ? held[0]! : Buffer.concat(held);
			[held, length] = [[], 0];
			take();
			yield bytes;
		}
		await reading;
	} finally {
		isLeft = true;
		take();
	}
}
