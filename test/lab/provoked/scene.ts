import assert from 'node:assert/strict';
import {until} from '../../helpers/task-host.ts';
import type {LabHost} from '../lab-host.ts';
import {commandFor} from './page-commands.ts';
import {problemOf, type Said, say} from './say.ts';

/** A host on the night of a patching, and the inputs that are known by then, those that commands have captured too. */
export type Scene = {host: LabHost; inputs: Record<string, string>};

/** Tonight's folder is there, as the page makes it, with what it writes down beforehand. */
export async function tonight(host: LabHost): Promise<Scene> {
	const scene = {host, inputs: {TICKET: 'CHG1', BACKUP_DIR: '/var/backups/handrail'}};
	for (const id of prepared) Object.assign(scene.inputs, (await walk(scene, id)).values);
	return scene;
}

const prepared = [
	'backup/folder',
	'save-the-package-list-and-etc/packages',
	'save-the-package-list-and-etc/etc',
	'check-server-health/before',
	'check-server-health/before-units',
];

/** Tonight's folder, in a script of root. */
export const folder = '"$(ls -d /var/backups/handrail/*)"';

/** Runs a command of the page, which has to succeed. */
export async function walk({host, inputs}: Scene, id: string): Promise<Said> {
	const command = commandFor(id, host);
	const said = await say(host, command.script, inputs);
	assert.equal(problemOf(command, said), undefined, `${id}: ${said.output}`);
	return said;
}

/** Resolves once a unit of systemd has ended. */
export async function ended(host: LabHost, unit: string): Promise<void> {
	await until(async () => (await host.exec(`systemctl is-active ${unit} || :`)).trim() !== 'active');
}

/** Resolves once a process runs whose command line matches; the pattern must not match itself. */
export async function runs(host: LabHost, pattern: string): Promise<void> {
	await until(async () => (await host.exec(`pgrep -f "${pattern}" || :`)) !== '');
}
