/** Reads lines, and then bytes, from a stream of chunks. */
export class ByteReader {
	readonly #chunks: AsyncIterator<Uint8Array>;
	#held: Uint8Array = new Uint8Array();

	constructor(stream: AsyncIterable<Uint8Array>) {
		this.#chunks = stream[Symbol.asyncIterator]();
	}

	/** The next line without its newline, cut at `limit` bytes; undefined where the stream ends before one. */
	async line(limit = 65536): Promise<string | undefined> {
		let end = this.#held.indexOf(10);
		while (end < 0) {
			const chunk = await this.#next();
			if (!chunk) return undefined;
			const before = Math.min(this.#held.length, limit);
			this.#held = Buffer.concat([this.#held.subarray(0, before), chunk]);
			end = this.#held.indexOf(10, before);
		}
		const line = Buffer.from(this.#held.subarray(0, Math.min(end, limit))).toString('utf8');
		this.#held = this.#held.subarray(end + 1);
		return line;
	}

	/** The lines before the one that is `end`, cut at `limit` characters; undefined where the stream ends before that. */
	async upTo(end: string, limit: number): Promise<string | undefined> {
		let text = '';
		for (let line = await this.line(); line !== end; line = await this.line()) {
			if (line === undefined) return undefined;
			if (text.length < limit) text += `${line}\n`;
		}
		return text;
	}

	/** What is left, chunk by chunk. */
	async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
		if (this.#held.length > 0) yield this.#held;
		this.#held = new Uint8Array();
		for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
	}

	/** All that is left, up to `limit` bytes; what is more is read and dropped. */
	async all(limit: number): Promise<Uint8Array> {
		const chunks: Uint8Array[] = [];
		let length = 0;
		for await (const chunk of this.rest()) {
			if (length < limit) chunks.push(chunk.subarray(0, limit - length));
			length += chunk.length;
		}
		return Buffer.concat(chunks);
	}

	async #next(): Promise<Uint8Array | undefined> {
		const {done, value} = await this.#chunks.next();
		return done ? undefined : value;
	}
}
