import {randomBytes} from 'node:crypto';
import {mkdir} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {onDisk} from './disk-failure.ts';

export type RunName = {
	/** When it begins; the id has it in UTC. */
	now: Date;
	/** The first host's alias. */
	host: string;
	/** The runbook's name or path. */
	runbook: string;
};

/**
 * Creates the folder (0700) of a new run and returns its id: `20261122T1921-web1-linux-patching-3f`. The two random
 * digits keep runs of one minute apart; more are taken where those are all in use.
 */
export async function claimRunId(runs: string, name: RunName): Promise<string> {
	const stem = `${minute(name.now)}-${safe(name.host, 20) || 'host'}-${safe(stemOf(name.runbook), 30) || 'runbook'}`;
	for (let attempt = 0; ; attempt++) {
		const id = `${stem}-${randomBytes(1 + Math.floor(attempt / 16)).toString('hex')}`;
		if (await mkdirNew(join(runs, id))) return id;
	}
}

/** False where the name is taken. */
const mkdirNew = (path: string) =>
	onDisk('The run cannot be recorded', path, async () => {
		try {
			await mkdir(path, {mode: 0o700});
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
			throw error;
		}
	});

const minute = (now: Date) => now.toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
const stemOf = (runbook: string) => basename(runbook).replace(/\.(?:md|markdown|ya?ml)$/i, '');

/** What is safe in a file name, a shell and a message: lower case letters, digits, single dashes between them. */
const safe = (text: string, longest: number) =>
	text
		.toLowerCase()
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, longest + 1)
		.replaceAll(/^-+|-+$/g, '')
		.slice(0, longest)
		.replace(/-+$/, '');
