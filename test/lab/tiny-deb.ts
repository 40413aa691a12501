/** A .deb(5) that holds nothing but its own description: made without dpkg-deb, since there may be thousands. */
export function tinyDeb(fields: Record<string, string>): Buffer {
	const members = {'debian-binary': Buffer.from('2.0\n'), 'control.tar': controlOf(fields), 'data.tar': end};
	return Buffer.concat([Buffer.from('!<arch>\n'), ...Object.entries(members).flatMap(arMember)]);
}

/** The description of a package as control files have it. */
export const stanza = (fields: Record<string, string>): string =>
	`${Object.entries(fields)
		.map(([field, value]) => `${field}: ${value}`)
		.join('\n')}\n`;

const end = Buffer.alloc(1024);

/** A tar archive with the file `control`; the layout of its header is that of tar(5), "ustar". */
function controlOf(fields: Record<string, string>): Buffer {
	const text = Buffer.from(stanza(fields));
	const header = Buffer.alloc(512);
	const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
	const put = (at: number, value: string) => header.write(value, at, 'latin1');
	put(0, 'control');
	put(100, octal(0o644, 8));
	for (const at of [108, 116]) put(at, octal(0, 8));
	put(124, octal(text.length, 12));
	put(136, octal(0, 12));
	put(148, ' '.repeat(8));
	put(156, '0');
	put(257, 'ustar\x0000');
	put(
		148,
		`${octal(
			header.reduce((sum, byte) => sum + byte, 0),
			7,
		)} `,
	);
	return Buffer.concat([header, text, Buffer.alloc(-text.length & 511), end]);
}

/** Header and contents of a member of an archive of ar(5). */
function arMember([name, contents]: [string, Buffer]): Buffer[] {
	const fields = [name.padEnd(16), '0'.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)];
	const header = `${fields.join('')}${String(contents.length).padEnd(10)}\`\n`;
	return [Buffer.from(header), contents, Buffer.alloc(contents.length & 1, '\n')];
}
