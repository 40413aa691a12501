import {readFileSync, writeFileSync} from 'node:fs';
import {DatabaseSync} from 'node:sqlite';
import type {LabHost} from '../lab-host.ts';

const database = '/var/lib/rpm/rpmdb.sqlite';

/** Overwrites the first page of an index of a host's rpm database, as a failing disk would. */
export async function damageIndex(host: LabHost): Promise<void> {
	const bytes = Buffer.from(await host.exec(`base64 ${database}`), 'base64');
	const copy = host.file('rpmdb.sqlite');
	writeFileSync(copy, bytes);
	const file = new DatabaseSync(copy);
	const size = Number(file.prepare('PRAGMA page_size').get()!['page_size']);
	const page = Number(file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'Name'").get()!['rootpage']);
	file.close();
	const whole = readFileSync(copy);
	host.write(database, whole.fill(0x5a, (page - 1) * size, page * size));
}
