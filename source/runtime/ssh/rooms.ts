/** At most so many at a time; who comes later waits, in order. */
export class Rooms {
	#free: number;
	readonly #waiting: (() => void)[] = [];

	constructor(count: number) {
		this.#free = count;
	}

	get isFull(): boolean {
		return this.#free === 0;
	}

	async enter(): Promise<void> {
		if (this.#free > 0) this.#free--;
		else await new Promise<void>(resolve => this.#waiting.push(resolve));
	}

	leave(): void {
		const next = this.#waiting.shift();
		if (next) next();
		else this.#free++;
	}
}
