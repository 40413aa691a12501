import {origins} from '../data/package-info.ts';
import {packageOrder} from '../data/package-table.ts';
import {mountOf} from '../disks.ts';
import {kernelFiles} from '../kernel-files.ts';
import {archiveName, dpkgName, infoOf, stateOf, unfinished} from '../packages.ts';
import type {Call} from '../shell/program.ts';
import {logEnd, logHistory, logStatus} from './change-log.ts';
import {configure, type Forces} from './configure.ts';
import {type Item, itemsOf, type Plan} from './plan.ts';
import {sizeWords} from './size-words.ts';

const archives = '/var/cache/apt/archives';

/** Bytes that are not in the cache yet, and all. */
export async function downloads(call: Call, plan: Plan): Promise<{missing: Item[]; bytes: number; all: number}> {
	const items = itemsOf(plan);
	const missing: Item[] = [];
	for (const item of items) {
		if (!(await call.machine.files.exists(`${archives}/${archiveName(item.name, item.to.version)}`)))
			missing.push(item);
	}
	const sum = (each: Item[]) => each.reduce((total, {to}) => total + to.bytes, 0);
	return {missing, bytes: sum(missing), all: sum(items)};
}

/** Fetches what is missing. */
export async function fetchAll(call: Call, missing: Item[], isQuiet: boolean): Promise<void> {
	const {machine} = call;
	const started = machine.now;
	let bytes = 0;
	for (const [index, {name, to}] of missing.entries()) {
		const {uri, dist} = origins[to.origin];
		const {arch} = infoOf(name)!;
		if (!isQuiet)
			call.out(`Get:${index + 1} ${uri} ${dist} amd64 ${name} ${arch} ${to.version} [${sizeWords(to.bytes)}]\n`);
		await machine.pass(50 + to.bytes / 45_000, {user: 0.06, system: 0.08, waiting: 0.12});
		machine.files.put(`${archives}/${archiveName(name, to.version)}`, '', to.bytes);
		bytes += to.bytes;
	}
	const seconds = Math.max(1, Math.round((machine.now - started) / 1000));
	if (missing.length > 0 && !isQuiet)
		call.out(`Fetched ${sizeWords(bytes)} in ${seconds}s (${sizeWords(bytes / seconds)}/s)\n`);
}

/** Unpacks, removes, configures. Resolves to the exit code of apt. Stopped in between, dpkg stays interrupted. */
export async function perform(call: Call, plan: Plan, forces: Forces, command: string): Promise<number> {
	const {machine} = call;
	const {world} = machine;
	const items = itemsOf(plan);
	world.isInterrupted = true;
	await logHistory(machine, plan, command);
	if (items.length + plan.remove.length > 0) {
		call.out('(Reading database ... 31480 files and directories currently installed.)\n');
	}
	for (const name of plan.remove) await remove(call, name);
	for (const item of items) {
		const problem = await unpack(call, item);
		if (problem) return await fail(call, problem);
	}
	const pending = packageOrder.filter(name => unfinished(world).includes(name));
	const failed = await configure(call, pending, forces);
	for (const name of plan.wanted) delete stateOf(world, name)!.isAutomatic;
	return failed.length > 0 ? await fail(call) : await done(call, 0);
}

async function unpack(call: Call, {name, from, to}: Item): Promise<string | undefined> {
	const {machine} = call;
	const {world, files} = machine;
	const info = infoOf(name)!;
	if (from && plainDowngrade(call, name, to.version))
		call.err(`dpkg: warning: downgrading ${dpkgName(name)} from ${from} to ${to.version}\n`);
	if (!from) call.out(`Selecting previously unselected package ${name}.\n`);
	call.out(
		`Preparing to unpack .../${archiveName(name, to.version)} ...\nUnpacking ${dpkgName(name)} (${to.version})${from ? ` over (${from})` : ''} ...\n`,
	);
	await machine.pass(80 + to.bytes / 70_000, {user: 0.35, system: 0.12, waiting: 0.25, memory: 90});
	const boot = info.kernel ? kernelFiles(info.kernel).reduce((sum, [, size]) => sum + size, 0) : 0;
	for (const [place, bytes] of [
		['/', to.kibibytes * 1024],
		['/boot', boot],
	] as const) {
		const {free} = await files.space(place);
		if (bytes > 0 && free * 1024 < bytes) return noSpace(name, to.version, place);
	}
	const {isAutomatic, isHeld} = stateOf(world, name) ?? {isAutomatic: info.isAutomatic};
	world.packages[name] = {
		version: to.version,
		status: 'iU',
		...(isAutomatic && {isAutomatic}),
		...(isHeld && {isHeld}),
	};
	await logStatus(
		machine,
		`${from ? 'upgrade' : 'install'} ${name}:${info.arch} ${from ?? '<none>'} ${to.version}`,
		`status unpacked ${name}:${info.arch} ${to.version}`,
	);
	return undefined;
}

const plainDowngrade = (call: Call, name: string, version: string): boolean =>
	infoOf(name)!.versions[0]!.version === version && stateOf(call.machine.world, name)?.version !== version;

async function remove(call: Call, name: string): Promise<void> {
	const {machine} = call;
	const {world} = machine;
	const state = stateOf(world, name)!;
	call.out(`Removing ${dpkgName(name)} (${state.version}) ...\n`);
	await machine.pass(400, {user: 0.2, waiting: 0.2});
	const release = infoOf(name)!.kernel;
	if (release) {
		for (const [path] of kernelFiles(release)) await machine.files.rm(path, {force: true});
		call.out('/etc/kernel/postrm.d/initramfs-tools:\n');
		call.out(
			`update-initramfs: Deleting /boot/initrd.img-${release}\n/etc/kernel/postrm.d/zz-update-grub:\nGenerating grub configuration file ...\ndone\n`,
		);
	}
	await logStatus(machine, `remove ${name}:amd64 ${state.version} <none>`, `status not-installed ${name}:amd64 <none>`);
	delete world.packages[name];
}

const noSpace = (
	name: string,
	version: string,
	place: string,
): string => `dpkg: error processing archive ${archives}/${archiveName(name, version)} (--unpack):
 cannot copy extracted data for './usr/share/doc/${name}/copyright' to '${mountOf(place).place}': failed to write (No space left on device)
Errors were encountered while processing:
 ${archives}/${archiveName(name, version)}
`;

async function fail(call: Call, text = ''): Promise<number> {
	call.err(`${text}E: Sub-process /usr/bin/dpkg returned an error code (1)\n`);
	return await done(call, 100, 'Sub-process /usr/bin/dpkg returned an error code (1)');
}

async function done(call: Call, exit: number, error?: string): Promise<number> {
	call.machine.world.isInterrupted = false;
	await logEnd(call.machine, error);
	return exit;
}
