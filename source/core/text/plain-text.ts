import {LineBuffer} from './line-buffer.ts';

/** Text as patterns see it: without escape sequences and control characters; what CR and BS overwrote is resolved. */
export function plainText(text: string | Uint8Array): string {
	const stream = new PlainTextStream();
	return stream.write(text) + stream.end();
}

/**
 * The same for output that comes in pieces of any size. Linear in time and bounded in memory: of a line longer than
 * 64 Ki characters the beginning is given out before its end is known.
 *
 * A control string (OSC, DCS, APC, PM, SOS) ends at a line break where nothing else ends it: a terminal would go on
 * swallowing, which here would hide what failed from a pattern.
 */
export class PlainTextStream {
	#decoder = new TextDecoder();
	#line = new LineBuffer();
	#state: State = 'text';
	#parameters = '';

	/** Returns the lines that are complete by now, each with its line feed. */
	write(piece: string | Uint8Array): string {
		return this.#take(typeof piece === 'string' ? piece : this.#decoder.decode(piece, {stream: true}));
	}

	/** Returns what is left: a last line without a line feed. */
	end(): string {
		return this.#take(this.#decoder.decode()) + this.#line.end();
	}

	#take(text: string): string {
		let at = 0;
		while (at < text.length) {
			if (this.#state === 'text') {
				control.lastIndex = at;
				const next = control.exec(text)?.index ?? text.length;
				if (next > at) this.#line.put(text.slice(at, next));
				at = next;
			}
			if (at < text.length && this.#step(text[at]!)) at++;
		}
		return this.#line.taken();
	}

	/** One character by the states of ECMA-48; false where it ends a sequence that it is no part of. */
	#step(character: string): boolean {
		const state = this.#state;
		if (state === 'text') this.#obey(character);
		else if (character === '\x1b') this.#state = 'escape';
		else if (state === 'string') {
			if (lineBreaks.has(character)) return this.#leave();
			if (stringEnds.has(character)) this.#state = 'text';
		} else if (character < ' ' || character > '~') return this.#leave();
		else if (state === 'escape') this.#escape(character);
		else if (state === 'designation') {
			if (character >= '0') this.#state = 'text';
		} else if (character < '@') {
			if (this.#parameters.length < 16) this.#parameters += character;
		} else {
			this.#state = 'text';
			this.#line.move(character, this.#parameters);
		}
		return true;
	}

	#leave(): false {
		this.#state = 'text';
		return false;
	}

	#escape(character: string) {
		this.#parameters = '';
		this.#state = introducers[character] ?? (character < '0' ? 'designation' : 'text');
		if (character === '7') this.#line.move('s', '');
		if (character === '8') this.#line.move('u', '');
	}

	#obey(character: string) {
		if (character === '\x1b') this.#state = 'escape';
		else if (character === '\r') this.#line.start();
		else if (character === '\b') this.#line.back();
		else if (lineBreaks.has(character)) this.#line.break();
		else if (character >= '\x80') this.#escape(String.fromCharCode(character.charCodeAt(0) - 0x40));
	}
}

type State = 'text' | 'escape' | 'designation' | 'sequence' | 'string';

/** After ESC; as one character (C1) they are 0x40 higher. */
const introducers: Record<string, State> = {
	'[': 'sequence',
	']': 'string',
	P: 'string',
	X: 'string',
	'^': 'string',
	_: 'string',
};

/** BEL, CAN, SUB, ST. */
const stringEnds = new Set(['\x07', '\x18', '\x1a', '\x9c']);
/** LF, VT, FF, NEL. */
const lineBreaks = new Set(['\n', '\v', '\f', '\x85']);
/** Every control character but tab, LF and CRLF. */
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;
