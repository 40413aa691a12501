/** A secret while it is typed in raw mode, where the terminal erases nothing for us: bytes that can be wiped. */
export class SecretBytes {
	#bytes = Buffer.alloc(256);
	#length = 0;

	/** Takes what was typed and wipes it. True once the line has ended; what follows its end is thrown away. */
	type(chunk: Buffer): boolean {
		const end = chunk.findIndex(byte => byte === carriageReturn || byte === lineFeed);
		for (const byte of end < 0 ? chunk : chunk.subarray(0, end)) this.#put(byte);
		chunk.fill(0);
		return end >= 0;
	}

	/** The bytes without the marks of a paste; the caller wipes them. */
	take(): Buffer {
		for (const mark of pasteMarks) this.#remove(Buffer.from(mark));
		const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
		this.wipe();
		return taken;
	}

	wipe(): void {
		this.#bytes.fill(0);
		this.#length = 0;
	}

	#put(byte: number): void {
		if (byte === eraseAll) this.wipe();
		else if (byte === del || byte === backspace) this.#cut(this.#lastCharacter());
		else {
			if (this.#length === this.#bytes.length) this.#grow();
			this.#bytes[this.#length++] = byte;
		}
	}

	#cut(length: number): void {
		this.#bytes.fill(0, length, this.#length);
		this.#length = length;
	}

	/** Where it begins: UTF-8 goes on with bytes of the form 10xxxxxx. */
	#lastCharacter(): number {
		let at = Math.max(0, this.#length - 1);
		while (at > 0 && (this.#bytes[at]! & 0xc0) === 0x80) at--;
		return at;
	}

	#grow(): void {
		const larger = Buffer.alloc(this.#bytes.length * 2);
		this.#bytes.copy(larger);
		this.#bytes.fill(0);
		this.#bytes = larger;
	}

	#remove(mark: Buffer): void {
		for (let at = this.#bytes.indexOf(mark); at >= 0; at = this.#bytes.indexOf(mark)) {
			this.#bytes.copyWithin(at, at + mark.length, this.#length);
			this.#cut(this.#length - mark.length);
		}
	}
}

const [carriageReturn, lineFeed, backspace, del, eraseAll] = [13, 10, 8, 127, 21];
/** Bracketed paste: what the terminal puts around what was pasted. */
const pasteMarks = ['\x1b[200~', '\x1b[201~'];
