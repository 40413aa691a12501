import {createHmac, randomBytes} from 'node:crypto';
import {mkdir, open} from 'node:fs/promises';
import {dirname} from 'node:path';
import {keyType} from './fingerprint.ts';

/** Adds a host key to a known_hosts file: one write at its end, so that nobody else's entry is touched. */
export async function rememberHostKey(file: string, name: string, key: Uint8Array, isHashed: boolean): Promise<void> {
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(file, 'a+', 0o600);
	try {
		const {size} = await handle.stat();
		const last = size > 0 ? await handle.read(Buffer.alloc(1), 0, 1, size - 1) : undefined;
		const isTorn = last !== undefined && last.bytesRead === 1 && last.buffer[0] !== 10;
		const base64 = Buffer.from(key).toString('base64');
		const line = `${isHashed ? hashed(name) : name} ${keyType(key)} ${base64}\n`;
		await handle.write(isTorn ? `\n${line}` : line);
		// /dev/null is a file to some, and cannot be synced.
		await handle.sync().catch(() => {});
	} finally {
		await handle.close();
	}
}

function hashed(name: string): string {
	const salt = randomBytes(20);
	return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}
