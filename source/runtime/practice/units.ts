import {unitTable} from './data/unit-table.ts';
import type {Machine} from './machine.ts';
import {infoOf, stateOf} from './packages.ts';
import type {World} from './world.ts';

export const unitInfo = (name: string) => unitTable.find(unit => unit.name === name);

/** `nginx` is `nginx.service`, `reboot.target` is itself. */
export const unitName = (word: string): string =>
	/\.(service|timer|target|mount|socket)$/.test(word) ? word : `${word}.service`;

/** Starts a unit anew; resolves to whether it runs then. */
export async function restartUnit(machine: Machine, name: string): Promise<boolean> {
	if (machine.world.units[name]?.active === 'active') await stopUnit(machine, name);
	return await startUnit(machine, name);
}

export async function startUnit(machine: Machine, name: string): Promise<boolean> {
	const {world} = machine;
	const info = unitInfo(name)!;
	const unit = world.units[name]!;
	machine.log('systemd', `Starting ${name} - ${info.description}...`);
	await machine.pass(180, {user: 0.2, system: 0.1});
	const problem = await problemOf(machine, name);
	unit.since = machine.now;
	if (problem) {
		Object.assign(unit, {active: 'failed', sub: 'failed', pid: 0});
		machine.log(name.replace('.service', ''), problem, machine.newPid());
		machine.log('systemd', `${name}: Main process exited, code=exited, status=1/FAILURE`);
		machine.log('systemd', `${name}: Failed with result 'exit-code'.`);
		machine.log('systemd', `Failed to start ${name} - ${info.description}.`);
		return false;
	}
	const isOnce = info.isOnce || (!info.program && !info.timer);
	Object.assign(unit, {
		active: isOnce && !info.isOnce ? 'inactive' : 'active',
		sub: info.timer ? 'waiting' : isOnce ? 'exited' : 'running',
		pid: info.program ? machine.newPid() : 0,
	});
	world.outdated = world.outdated.filter(each => each !== name);
	machine.log('systemd', `Started ${name} - ${info.description}.`);
	return true;
}

export async function stopUnit(machine: Machine, name: string): Promise<void> {
	const unit = machine.world.units[name]!;
	machine.log('systemd', `Stopping ${name} - ${unitInfo(name)!.description}...`);
	await machine.pass(120);
	Object.assign(unit, {active: 'inactive', sub: 'dead', pid: 0, since: machine.now});
	machine.log('systemd', `${name}: Deactivated successfully.`);
	machine.log('systemd', `Stopped ${name} - ${unitInfo(name)!.description}.`);
}

/** Why a unit cannot start: only the web server reads a configuration that can be spoilt. */
export async function problemOf(machine: Machine, name: string): Promise<string | undefined> {
	return name === 'nginx.service' ? await nginxProblem(machine) : undefined;
}

export async function nginxProblem(machine: Machine): Promise<string | undefined> {
	const isThere = await machine.files.exists(nginxFile);
	return problemIn(isThere ? await machine.files.readFile(nginxFile) : undefined, machine.world);
}

export const nginxFile = '/etc/nginx/nginx.conf';

/** What `nginx -t` finds in its configuration. */
export function problemIn(text: string | undefined, world: World): string | undefined {
	if (text === undefined) return `nginx: [emerg] open() "${nginxFile}" failed (2: No such file or directory)`;
	const lines = text.split('\n');
	const depth = [...text].reduce((sum, each) => sum + (each === '{' ? 1 : each === '}' ? -1 : 0), 0);
	if (depth !== 0) return `nginx: [emerg] unexpected end of file, expecting "}" in ${nginxFile}:${lines.length}`;
	const gone = isNewest(world, 'nginx') ? lines.findIndex(line => /^\s*ssl\s/.test(line)) : -1;
	if (gone >= 0) return `nginx: [emerg] unknown directive "ssl" in ${nginxFile}:${gone + 1}`;
	const bad = lines.findIndex(line => /^\s*[a-z_]+[^;{}#]*$/.test(line.slice(0, 1000)));
	return bad < 0 ? undefined : `nginx: [emerg] directive is not terminated by ";" in ${nginxFile}:${bad + 1}`;
}

const isNewest = (world: World, name: string): boolean =>
	stateOf(world, name)?.version === infoOf(name)?.versions.at(-1)?.version;
