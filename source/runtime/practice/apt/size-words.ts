/** Bytes as apt prints them: `8308 kB`, `20.5 kB`. */
export function sizeWords(bytes: number): string {
	let [value, unit] = [bytes, 0];
	for (; value >= 10_000; unit++) value /= 1000;
	return `${value < 100 && unit > 0 ? value.toFixed(1) : value.toFixed(0)} ${['', 'k', 'M', 'G', 'T'][unit]}B`;
}

/** Names in lines of at most 79 columns, two blanks before each line. */
export function nameLines(names: string[]): string {
	const lines: string[] = [];
	for (const name of names) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + name.length < 78) lines[lines.length - 1] = `${last} ${name}`;
		else lines.push(`  ${name}`);
	}
	return lines.map(line => `${line}\n`).join('');
}
