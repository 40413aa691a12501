import {isoDay, timeOfDay} from '../clock-words.ts';
import type {Machine} from '../machine.ts';
import {infoOf, stateOf} from '../packages.ts';
import type {Plan} from './plan.ts';

/** One stanza of /var/log/apt/history.log; ends it with an error where there was one. */
export async function logHistory(machine: Machine, plan: Plan, command: string, error?: string): Promise<void> {
	const {now, world} = machine;
	const arch = (name: string) => (infoOf(name)!.arch === 'all' ? 'amd64' : infoOf(name)!.arch);
	const change = ({name, from, to}: Plan['upgrade'][number]) => `${name}:${arch(name)} (${from}, ${to.version})`;
	const rows: [string, string[]][] = [
		['Install', plan.install.map(({name, to}) => `${name}:${arch(name)} (${to.version}, automatic)`)],
		['Upgrade', plan.upgrade.map(change)],
		['Downgrade', plan.downgrade.map(change)],
		['Remove', plan.remove.map(name => `${name}:${arch(name)} (${stateOf(world, name)?.version ?? ''})`)],
	];
	const started = `\nStart-Date: ${isoDay(now)}  ${timeOfDay(now)}\nCommandline: ${command}\nRequested-By: admin (1000)\n`;
	const changes = rows
		.filter(([, items]) => items.length > 0)
		.map(([title, items]) => `${title}: ${items.join(', ')}\n`);
	await machine.files.add('/var/log/apt/history.log', started + changes.join('') + (error ? `Error: ${error}\n` : ''));
}

export async function logEnd(machine: Machine, error?: string): Promise<void> {
	const {now} = machine;
	const end = `End-Date: ${isoDay(now)}  ${timeOfDay(now)}\n`;
	await machine.files.add('/var/log/apt/history.log', `${error ? `Error: ${error}\n` : ''}${end}`);
}

/** Lines of /var/log/dpkg.log. */
export async function logStatus(machine: Machine, ...lines: string[]): Promise<void> {
	const {now} = machine;
	const text = lines.map(line => `${isoDay(now)} ${timeOfDay(now)} ${line}\n`).join('');
	await machine.files.add('/var/log/dpkg.log', text);
}
