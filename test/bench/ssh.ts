import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {cold, fleet} from './ssh/cold.ts';
import {durable} from './ssh/durable.ts';
import {type Figure, figuresTable} from './ssh/figures.ts';
import {gauges} from './ssh/gauges.ts';
import {Lab} from './ssh/lab.ts';
import {record} from './ssh/record.ts';
import {warm} from './ssh/warm.ts';

/** Parts in order, and the programs that each needs beside sshd and ssh. */
const parts: [measure: (lab: Lab) => Promise<Figure[]>, program?: string][] = [
	[warm],
	[cold],
	[fleet, 'parallel-ssh'],
	[durable],
	[gauges],
	[record, 'base64'],
];

/** Hosts over SSH: ten real servers on loopback, each figure beside the system's client in the same run. */
export async function ssh(): Promise<string> {
	const missing = ['sshd', 'ssh', 'ssh-keygen'].filter(program => !isInstalled(program));
	if (missing.length > 0) return `Not measured, for lack of ${missing.join(', ')} (openssh-server, openssh-client)\n`;
	const lab = await Lab.open(10);
	const figures: Figure[] = [];
	const unmeasured: string[] = [];
	try {
		for (const [measure, program] of parts) {
			if (program && !isInstalled(program)) unmeasured.push(`Not measured, for lack of ${program}: ${measure.name}\n`);
			else figures.push(...(await measure(lab)));
		}
	} finally {
		lab.close();
	}
	return figuresTable('Hosts over SSH, medians, both sides on this machine', figures) + unmeasured.join('');
}

const isInstalled = (program: string): boolean =>
	`${process.env['PATH']}:/usr/sbin:/sbin`.split(delimiter).some(folder => existsSync(join(folder, program)));
