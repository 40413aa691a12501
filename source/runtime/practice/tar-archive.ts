// The format of tar archives (ustar, POSIX.1-1988): headers of 512 bytes, contents filled up to as much.

export type Entry = {name: string; content: Buffer; mode: number; at: number; isFolder: boolean};

const block = 512;

export function writeTar(entries: Entry[]): Buffer {
	const parts = entries.flatMap(entry => {
		const rest = (block - (entry.content.length % block)) % block;
		return [header(entry), entry.content, Buffer.alloc(rest)];
	});
	return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

/** Undefined where the bytes are no archive. */
export function readTar(bytes: Buffer): Entry[] | undefined {
	const entries: Entry[] = [];
	for (let at = 0; at + block <= bytes.length; ) {
		if (bytes[at] === 0) return entries;
		if (bytes.toString('latin1', at + 257, at + 262) !== 'ustar') return undefined;
		const field = (from: number, length: number) =>
			bytes.toString('latin1', at + from, at + from + length).replace(/[\0 ]+$/, '');
		const size = Number.parseInt(field(124, 12), 8) || 0;
		if (at + block + size > bytes.length) return undefined;
		const prefix = field(345, 155);
		entries.push({
			name: prefix ? `${prefix}/${field(0, 100)}` : field(0, 100),
			content: bytes.subarray(at + block, at + block + size),
			mode: Number.parseInt(field(100, 8), 8) || 0o644,
			at: (Number.parseInt(field(136, 12), 8) || 0) * 1000,
			isFolder: field(156, 1) === '5',
		});
		at += block + Math.ceil(size / block) * block;
	}
	return undefined;
}

function header({name, content, mode, at, isFolder}: Entry): Buffer {
	const bytes = Buffer.alloc(block);
	const octal = (value: number, length: number) =>
		`${Math.floor(value)
			.toString(8)
			.padStart(length - 1, '0')}\0`;
	const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1;
	const [prefix, rest] = cut > 0 ? [name.slice(0, cut), name.slice(cut + 1)] : ['', name];
	bytes.write(rest.slice(0, 100), 0, 'latin1');
	bytes.write(
		octal(mode & 0o7777, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(at / 1000, 12),
		100,
		'latin1',
	);
	bytes.write('        ', 148, 'latin1');
	bytes.write(isFolder ? '5' : '0', 156, 'latin1');
	bytes.write('ustar\x0000', 257, 'latin1');
	bytes.write('root', 265, 'latin1');
	bytes.write('root', 297, 'latin1');
	bytes.write(prefix, 345, 'latin1');
	const sum = bytes.reduce((total, byte) => total + byte, 0);
	bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
	return bytes;
}
