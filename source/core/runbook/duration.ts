const units: Record<string, number> = {d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000};

/** The longest wait that timers can carry, in milliseconds (2^31 - 1), rounded down to days. */
const longest = 24 * units.d!;

/** `90s`, `10m`, `1h30m`, `2d`; a plain number is seconds. Milliseconds, or undefined where it is none, 0 or over 24 days. */
export function parseDuration(text: string): number | undefined {
	const match = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s?)?$/.exec(text);
	if (!match) return undefined;
	const total = ['d', 'h', 'm', 's'].reduce((sum, unit, at) => sum + Number(match[at + 1] ?? 0) * units[unit]!, 0);
	return total > 0 && total <= longest ? total : undefined;
}

/** The shortest text that `parseDuration` reads back as the same milliseconds (whole seconds). */
export function formatDuration(milliseconds: number): string {
	let rest = milliseconds;
	let text = '';
	for (const [unit, size] of Object.entries(units)) {
		const count = Math.floor(rest / size);
		if (count > 0) text += `${count}${unit}`;
		rest -= count * size;
	}
	return text;
}
