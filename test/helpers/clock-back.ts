// Loaded before the program (node --import): a wall clock that was set back by so many milliseconds.
const back = Number(process.env['CLOCK_BACK']);
const RealDate = Date;

globalThis.Date = class extends RealDate {
	constructor(...parts: [] | [number | string | Date]) {
		if (parts.length === 0) super(RealDate.now() - back);
		else super(parts[0]);
	}
	static override now() {
		return RealDate.now() - back;
	}
} as DateConstructor;

export {};
