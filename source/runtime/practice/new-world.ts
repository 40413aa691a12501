import {isoDay, timeOfDay} from './clock-words.ts';
import {fileTable, folderTable, sizeTable} from './data/file-table.ts';
import {packageTable} from './data/package-table.ts';
import {unitTable} from './data/unit-table.ts';
import {kernelFiles} from './kernel-files.ts';
import {kernels} from './packages.ts';
import {scenarios} from './scenarios.ts';
import {seededHex, seededUuid} from './seeded.ts';
import {atRest, type FileState, type PackageState, type UnitState, type World} from './world.ts';

const day = 86_400_000;

/** The server as it stands before anybody does anything, at a moment in milliseconds since 1970. */
export function newWorld(scenario: string, seed: number, now: number): World {
	const booted = now - 23 * day - 4 * 3_600_000;
	const world: World = {
		scenario,
		seed,
		name: 'web1',
		machineId: seededHex(seed, 'machine', 32),
		boot: {id: seededUuid(seed, 'boot 1'), at: booted},
		boots: 1,
		kernel: '6.1.0-28-amd64',
		packages: newPackages(),
		isUpdated: false,
		isInterrupted: false,
		outdated: [],
		units: newUnits(booted, 300),
		files: newFiles(booted),
		sizes: {...sizeTable},
		journal: [],
		load: [0.06, 0.04, 0.01],
		spent: {user: 0, system: 0, waiting: 0, idle: 0},
		activity: atRest,
		nextPid: 2400,
	};
	const up = (now - booted) * 2;
	world.spent = {user: up * 0.02, system: up * 0.01, waiting: up * 0.002, idle: up * 0.968};
	world.journal.push(
		{
			at: now - 42 * 60_000,
			boot: world.boot.id,
			unit: 'CRON',
			pid: 2231,
			text: '(root) CMD (cd / && run-parts --report /etc/cron.hourly)',
		},
		{
			at: now - 65_000,
			boot: world.boot.id,
			unit: 'sshd',
			pid: 812,
			text: 'Accepted publickey for admin from 192.0.2.44 port 50312 ssh2: ED25519 SHA256:W2mS0vJ9Qm8h8Kc2m9l8r8Zr6pVh9c1yYb6pC0kqf0A',
		},
		{at: now - 64_000, boot: world.boot.id, unit: 'systemd-logind', pid: 402, text: 'New session 41 of user admin.'},
	);
	for (const release of kernels(world)) {
		for (const [path, size] of kernelFiles(release)) {
			world.files[path] = {kind: 'file', content: '', mode: 0o644, at: booted};
			world.sizes[path] = size;
		}
	}
	scenarios[scenario]?.prepare(world);
	return world;
}

function newPackages(): Record<string, PackageState> {
	const present = Object.values(packageTable).filter(({isAbsent}) => !isAbsent);
	return Object.fromEntries(
		present.map(({name, versions, isAutomatic, isHeld}) => [
			name,
			{version: versions[0]!.version, status: 'ii', ...(isAutomatic && {isAutomatic}), ...(isHeld && {isHeld})},
		]),
	);
}

/** Units as they are right after a boot. */
export function newUnits(booted: number, firstPid: number): Record<string, UnitState> {
	return Object.fromEntries(
		unitTable.map((unit, index) => {
			const isUp = !unit.isDisabled;
			const pid = isUp && unit.program ? firstPid + index * 17 : 0;
			const sub = unit.timer ? 'waiting' : unit.isOnce ? 'exited' : isUp ? 'running' : 'dead';
			return [
				unit.name,
				{active: isUp ? 'active' : 'inactive', since: booted + 9_000 + index * 140, pid, isEnabled: isUp, sub},
			];
		}),
	);
}

function newFiles(at: number): Record<string, FileState> {
	const files = Object.entries(fileTable).map(([path, content]): [string, FileState] => [
		path,
		{kind: 'file', content: Buffer.from(content).toString('latin1'), mode: path === '/etc/shadow' ? 0o640 : 0o644, at},
	]);
	const history: FileState = {kind: 'file', content: lastNight(at - 600_000), mode: 0o644, at};
	const folders = folderTable.map((path): [string, FileState] => [
		path,
		{kind: 'folder', content: '', mode: path.endsWith('tmp') ? 0o1777 : 0o755, at},
	]);
	return Object.fromEntries([...files, ['/var/log/apt/history.log', history], ...folders]);
}

/** What apt wrote down of the patch night before this one. */
const lastNight = (at: number): string => `
Start-Date: ${isoDay(at)}  ${timeOfDay(at)}
Commandline: apt-get -y upgrade --with-new-pkgs
Requested-By: admin (1000)
Install: linux-image-6.1.0-28-amd64:amd64 (6.1.119-1, automatic)
Upgrade: linux-image-amd64:amd64 (6.1.112-1, 6.1.119-1), openssl:amd64 (3.0.14-1~deb12u2, 3.0.15-1~deb12u1), libssl3:amd64 (3.0.14-1~deb12u2, 3.0.15-1~deb12u1)
End-Date: ${isoDay(at + 41_000)}  ${timeOfDay(at + 41_000)}
`;
