/** The two largest units, for people: `1h 30m`, `10m`, `12s`, `400ms`. Seconds are rounded down. */
export function formatDuration(milliseconds: number): string {
	const whole = Math.max(0, Math.floor(milliseconds));
	if (whole < 1000) return whole === 0 ? '0s' : `${whole}ms`;
	const parts: string[] = [];
	let rest = whole;
	for (const [unit, size] of units) {
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
];
