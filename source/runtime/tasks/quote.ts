/** A word that any POSIX shell reads as exactly this text. Throws for NUL, which no shell can hold. */
export function quote(text: string): string {
	if (text.includes('\0')) throw new RangeError('A value for a shell cannot hold a NUL byte');
	return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Lines that set variables, exported or not. Throws for a name that is not an input's. */
export function assignments(values: Record<string, string>, exported: boolean): string {
	return Object.entries(values)
		.map(([name, value]) => {
			if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) throw new RangeError(`Not the name of a variable: ${JSON.stringify(name)}`);
			// One that came from the environment would go on into that of every program.
			return `${exported ? 'export ' : `unset ${name}\n`}${name}=${quote(value)}\n`;
		})
		.join('');
}
