/** A secret while it is typed: bytes that can be wiped, outside of what React remembers. */
export class SecretLine {
	#bytes = Buffer.alloc(0);

	/** True where the key was text, or erased some; the others are the field's. */
	key(name: string): boolean {
		if (name === 'backspace') {
			this.#replace(Buffer.from(this.#bytes.toString().slice(0, -1)));
			return true;
		}
		if (/^(?:return|escape|up|down|left|right|pageUp|pageDown|home|end|tab|delete)$/.test(name)) return false;
		this.#replace(Buffer.concat([this.#bytes, Buffer.from(name)]));
		return true;
	}

	/** The bytes; the caller wipes them. */
	take(): Buffer {
		const bytes = this.#bytes;
		this.#bytes = Buffer.alloc(0);
		return bytes;
	}

	#replace(bytes: Buffer<ArrayBuffer>): void {
		this.#bytes.fill(0);
		this.#bytes = bytes;
	}
}
