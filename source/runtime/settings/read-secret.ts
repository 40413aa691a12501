import {readFileSync} from 'node:fs';
import {sudoSecret} from '../../core/run/sudo.ts';
import {UsageError} from '../../core/text/failure.ts';

/** A secret that was handed over on an open file descriptor, by name. */
export type GivenSecrets = Map<string, Buffer>;

/** Reads `NAME=fd:N`: everything up to the end of the descriptor, without a final line feed. Throws `UsageError`. */
export function readSecrets(flags: string[], declared: (name: string) => boolean): GivenSecrets {
	const secrets: GivenSecrets = new Map();
	for (const flag of flags) {
		const found = /^([A-Za-z_][A-Za-z0-9_]*)=fd:(\d{1,4})$/.exec(flag);
		if (!found) {
			throw new UsageError(
				'--secret takes NAME=fd:N: the secret is read from an open file descriptor',
				'For example: handrail run ... --secret DB_PASSWORD=fd:3 3< <(pass show db)',
			);
		}
		const [, name, fd] = found;
		if (name !== sudoSecret && !declared(name!))
			throw new UsageError(`The runbook declares no secret input ${name}`, 'See its front matter.');
		if (secrets.has(name!)) throw new UsageError(`--secret gives ${name} twice`, 'Once is enough.');
		secrets.set(name!, readDescriptor(name!, Number(fd)));
	}
	return secrets;
}

function readDescriptor(name: string, fd: number): Buffer {
	const bytes = tryToRead(name, fd);
	const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length;
	const value = bytes.subarray(0, end);
	// None for sudo: it is called without one.
	if (value.length === 0 && name !== sudoSecret)
		throw new UsageError(`The secret ${name} is empty`, `Write it to file descriptor ${fd}.`);
	if (value.includes(0x0a) || value.includes(0)) {
		throw new UsageError(`The secret ${name} has more than one line`, 'A secret is one line of text.');
	}
	return value;
}

function tryToRead(name: string, fd: number): Buffer {
	try {
		return readFileSync(fd);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw new UsageError(
			`The secret ${name} cannot be read from file descriptor ${fd} (${code})`,
			`Open it: ${fd}< FILE`,
		);
	}
}
