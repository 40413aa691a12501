import {isNamed} from '../parts/key-of.ts';

/** A secret while it is typed: bytes that can be wiped, outside of what React remembers. */
export class SecretLine {
	#bytes = Buffer.alloc(0);

	/** True where the key was text, or erased some; the others are the field's. */
	key(name: string): boolean {
		if (name === 'backspace') this.#replace(Buffer.from(this.#bytes.subarray(0, this.#lastCharacter())));
		else if (name === 'erase') this.#replace(Buffer.alloc(0));
		else if (isNamed(name)) return false;
		else this.#replace(Buffer.concat([this.#bytes, Buffer.from(name)]));
		return true;
	}

	/** The bytes; the caller wipes them. */
	take(): Buffer {
		const bytes = this.#bytes;
		this.#bytes = Buffer.alloc(0);
		return bytes;
	}

	/** Where the last character begins: UTF-8 goes on with bytes of the form 10xxxxxx. */
	#lastCharacter(): number {
		let at = Math.max(0, this.#bytes.length - 1);
		while (at > 0 && (this.#bytes[at]! & 0xc0) === 0x80) at--;
		return at;
	}

	#replace(bytes: Buffer<ArrayBuffer>): void {
		this.#bytes.fill(0);
		this.#bytes = bytes;
	}
}
