/**
 * Keeps what others print to standard error off a screen that is being drawn (Node prints its warnings there); what was
 * held is printed once the screen is gone. Returns how to let go.
 */
export function holdErrors(stream: NodeJS.WriteStream): () => void {
	const write = stream.write;
	const held: string[] = [];
	stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
		if (held.length < most) held.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
		for (const done of rest) if (typeof done === 'function') done();
		return true;
	}) as typeof stream.write;
	return () => {
		stream.write = write;
		for (const text of held.splice(0)) stream.write(text);
	};
}

const most = 200;
