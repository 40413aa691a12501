/**
 * Milliseconds of `1h30m`, `90s`, `2d`, `500ms`, units in falling order, blanks between them allowed; a plain number is
 * seconds, as in timeout(1). Undefined for anything else, also for more than 100 days.
 */
export function parseDuration(text: string): number | undefined {
	const trimmed = text.trim();
	if (/^\d{1,9}$/.test(trimmed)) return bounded(Number(trimmed) * 1000);
	const match = /^(?:(\d{1,9})d)?\s*(?:(\d{1,9})h)?\s*(?:(\d{1,9})m)?\s*(?:(\d{1,9})s)?\s*(?:(\d{1,9})ms)?$/.exec(
		trimmed,
	);
	if (!match || trimmed === '') return undefined;
	const total = units.reduce((sum, [, size], at) => sum + Number(match[at + 1] ?? 0) * size, 0);
	return bounded(total);
}

/** The two largest units, for people: `1h 30m`, `10m`, `12s`, `400ms`. Seconds are rounded down. */
export function formatDuration(milliseconds: number): string {
	const whole = Math.max(0, Math.floor(milliseconds));
	if (whole < 1000) return whole === 0 ? '0s' : `${whole}ms`;
	const parts: string[] = [];
	let rest = whole;
	for (const [unit, size] of units) {
		if (size < 1000) break;
		const count = Math.floor(rest / size);
		rest -= count * size;
		if (count > 0) parts.push(`${count}${unit}`);
		else if (parts.length > 0) break;
		if (parts.length === 2) break;
	}
	return parts.join(' ');
}

/** A running clock: `01:12`, from an hour on `1:02:03`. */
export function formatClock(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const pad = (value: number) => String(value).padStart(2, '0');
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${pad(minutes)}:${pad(seconds % 60)}`;
	return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

const units: [string, number][] = [
	['d', 86_400_000],
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000],
	['ms', 1],
];

const longest = 100 * 86_400_000;
const bounded = (value: number): number | undefined => (value <= longest ? value : undefined);
