import {kernelToBoot} from './boot-loader.ts';
import {newUnits} from './new-world.ts';
import {seededUuid} from './seeded.ts';
import {nginxFile, problemIn} from './units.ts';
import {atRest, type World} from './world.ts';

/** Whether the server answers at a moment. */
export function isUp(world: World, now: number): boolean {
	return world.power === undefined || now < world.power.downAt;
}

/** Starts the server anew where it is due: with the kernel that its boot loader takes, and nothing of what was in memory. */
export function bootIfDue(world: World, now: number): boolean {
	const {power} = world;
	if (!power || power.upAt === null || now < power.upAt) return false;
	const at = power.upAt - 3000;
	delete world.power;
	delete world.packaging;
	world.boots += 1;
	world.boot = {id: seededUuid(world.seed, `boot ${world.boots}`), at};
	world.kernel = kernelToBoot(world);
	delete world.nextEntry;
	world.outdated = [];
	world.load = [0.42, 0.1, 0.03];
	world.spent = {user: 1400, system: 900, waiting: 500, idle: 3200};
	world.activity = atRest;
	world.nextPid = 900;
	for (const path of Object.keys(world.files)) {
		if (/^\/(?:run|tmp)\/./.test(path) && path !== '/run/systemd' && path !== '/run/systemd/system')
			delete world.files[path];
	}
	startUnits(world, at);
	return true;
}

function startUnits(world: World, at: number): void {
	const before = world.units;
	world.units = newUnits(at, 300);
	const log = (unit: string, text: string) => {
		world.journal.push({at: at + 2000, boot: world.boot.id, unit, pid: 1, text});
	};
	log('kernel', `Linux version ${world.kernel} (debian-kernel@lists.debian.org)`);
	for (const [name, unit] of Object.entries(world.units)) {
		if (unit.active === 'active' && !before[name]!.isEnabled)
			Object.assign(unit, {active: 'inactive', sub: 'dead', pid: 0});
		unit.isEnabled = before[name]!.isEnabled;
	}
	const problem = problemIn(world.files[nginxFile]?.content, world);
	const web = world.units['nginx.service']!;
	if (web.active === 'active' && problem) {
		Object.assign(web, {active: 'failed', sub: 'failed', pid: 0});
		log('nginx', problem);
		log('systemd', "nginx.service: Failed with result 'exit-code'.");
	}
	log('systemd', 'Reached target multi-user.target - Multi-User System.');
}
