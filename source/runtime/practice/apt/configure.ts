import {longDate} from '../clock-words.ts';
import {fileTable} from '../data/file-table.ts';
import {kernelFiles} from '../kernel-files.ts';
import {dpkgName, infoOf, stateOf, versionOf} from '../packages.ts';
import type {Call} from '../shell/program.ts';
import {problemOf, restartUnit} from '../units.ts';
import {logStatus} from './change-log.ts';

/** How dpkg was told to answer the question for a configuration file. */
export type Forces = {keepsOld: boolean; takesNew: boolean};

export const forcesOf = (options: string[]): Forces => ({
	keepsOld: options.some(each => /^--force-.*conf(old|def)/.test(each)),
	takesNew: options.some(each => /^--force-.*confnew/.test(each)),
});

/** Configures packages that were unpacked; resolves to the names of those where it failed. */
export async function configure(call: Call, names: string[], forces: Forces): Promise<string[]> {
	const failed: string[] = [];
	for (const name of names) {
		const {dependsOn} = infoOf(name)!;
		if (dependsOn && stateOf(call.machine.world, dependsOn)?.status !== 'ii') {
			call.err(dependencyText(call, name, dependsOn));
			failed.push(name);
		} else if (!(await configureOne(call, name, forces))) failed.push(name);
	}
	await runTriggers(
		call,
		names.filter(name => !failed.includes(name)),
	);
	if (failed.length > 0)
		call.err(`Errors were encountered while processing:\n${failed.map(name => ` ${name}\n`).join('')}`);
	return failed;
}

async function configureOne(call: Call, name: string, forces: Forces): Promise<boolean> {
	const {machine} = call;
	const {world} = machine;
	const info = infoOf(name)!;
	const state = stateOf(world, name)!;
	call.out(`Setting up ${dpkgName(name)} (${state.version}) ...\n`);
	await logStatus(machine, `configure ${name}:${info.arch} ${state.version} <none>`);
	if (!(await settleConffile(call, name, forces))) {
		call.err(`dpkg: error processing package ${name} (--configure):\n end of file on stdin at conffile prompt\n`);
		return false;
	}
	state.status = 'iF';
	await logStatus(machine, `status half-configured ${name}:${info.arch} ${state.version}`);
	await machine.pass(info.kernel ? 200 : 100, {user: 0.25, system: 0.1, waiting: 0.1, memory: 60});
	if (info.kernel) await installKernel(call, info.kernel);
	for (const line of info.says ?? []) call.out(`${line}\n`);
	if (name === 'tzdata') {
		call.out(
			`Local time is now:      ${longDate(machine.now)}.\nUniversal Time is now:  ${longDate(machine.now)}.\nRun 'dpkg-reconfigure tzdata' if you wish to change it.\n\n`,
		);
	}
	for (const unit of info.restarts ?? []) {
		if (await restartUnit(machine, unit)) continue;
		call.err(scriptText(name, unit, await problemOf(machine, unit)));
		return false;
	}
	const users = (info.usedBy ?? []).filter(
		unit => world.units[unit]?.active === 'active' && !world.outdated.includes(unit),
	);
	world.outdated.push(...users);
	state.status = 'ii';
	await logStatus(machine, `status installed ${name}:${info.arch} ${state.version}`);
	return true;
}

/** A changed file is asked for where the new version ships another one; resolves to whether there was an answer. */
async function settleConffile(call: Call, name: string, forces: Forces): Promise<boolean> {
	const {machine} = call;
	const {conffile, ships, versions} = infoOf(name)!;
	const isNewest = stateOf(machine.world, name)!.version === versions.at(-1)!.version;
	if (!conffile || !ships || !(await machine.files.exists(conffile))) return true;
	const [before, after] = [fileTable[conffile]!, fileTable[conffile]!.replace(...ships)];
	const found = await machine.files.readFile(conffile);
	if (found === before || found === after) {
		machine.files.put(conffile, isNewest ? after : before);
		return true;
	}
	if (!isNewest || (await machine.files.exists(`${conffile}.dpkg-dist`))) return true;
	call.out(
		`\nConfiguration file '${conffile}'\n ==> Modified (by you or by a script) since installation.\n ==> Package distributor has shipped an updated version.\n`,
	);
	const answer = forces.takesNew ? 'new' : forces.keepsOld ? 'default' : await ask(call, conffile, found, after);
	if (answer === undefined) {
		machine.files.put(`${conffile}.dpkg-new`, after);
		return false;
	}
	if (answer === 'default') call.out(' ==> Keeping old config file as default.\n');
	if (answer === 'new') call.out(`Installing new version of config file ${conffile} ...\n`);
	await machine.files.rm(`${conffile}.dpkg-new`, {force: true});
	machine.files.put(
		answer === 'new' ? `${conffile}.dpkg-old` : `${conffile}.dpkg-dist`,
		answer === 'new' ? found : after,
	);
	if (answer === 'new') machine.files.put(conffile, after);
	return true;
}

/** The question of dpkg; undefined where nobody can answer. */
async function ask(call: Call, path: string, found: string, shipped: string): Promise<'new' | 'old' | undefined> {
	call.out(`   What would you like to do about it ?  Your options are:
    Y or I  : install the package maintainer's version
    N or O  : keep your currently-installed version
      D     : show the differences between the versions
      Z     : start a shell to examine the situation
 The default action is to keep your current version.
`);
	for (;;) {
		call.out(`*** ${path.split('/').at(-1)} (Y/I/N/O/D/Z) [default=N] ? `);
		const line = call.machine.hasTerminal ? await call.machine.line() : undefined;
		if (line === undefined) return undefined;
		if (/^\s*[yi]/i.test(line)) return 'new';
		if (/^\s*([no].*)?$/i.test(line)) return 'old';
		if (/^\s*d/i.test(line)) call.out(differences(path, found, shipped));
	}
}

function differences(path: string, found: string, shipped: string): string {
	const [old, now] = [found.split('\n'), shipped.split('\n')];
	const lines = old.flatMap((line, index) => (line === now[index] ? [] : [`-${line}`, `+${now[index] ?? ''}`]));
	return `--- ${path}\n+++ ${path}.dpkg-new\n${lines.map(line => `${line}\n`).join('')}`;
}

async function installKernel(call: Call, release: string): Promise<void> {
	const {machine} = call;
	for (const [path, size] of kernelFiles(release)) machine.files.put(path, '', size);
	call.out('/etc/kernel/postinst.d/initramfs-tools:\n');
	call.out(`update-initramfs: Generating /boot/initrd.img-${release}\n`);
	await machine.pass(1500, {user: 0.55, system: 0.15, waiting: 0.15, memory: 210});
	call.out('/etc/kernel/postinst.d/zz-update-grub:\nGenerating grub configuration file ...\n');
	call.out(`Found linux image: /boot/vmlinuz-${release}\nFound initrd image: /boot/initrd.img-${release}\n`);
	await machine.pass(350, {user: 0.3, system: 0.2, waiting: 0.1});
	call.out('done\n');
	machine.files.put('/run/reboot-required', '*** System restart required ***\n');
	await machine.files.add('/run/reboot-required.pkgs', `linux-image-${release}\n`);
}

async function runTriggers(call: Call, names: string[]): Promise<void> {
	const {machine} = call;
	const triggers = [...new Set(names.flatMap(name => infoOf(name)!.triggers ?? []))].sort();
	for (const name of triggers) {
		const version = stateOf(machine.world, name)?.version;
		if (!version) continue;
		call.out(`Processing triggers for ${name} (${version}) ...\n`);
		await logStatus(machine, `trigproc ${name}:amd64 ${version} <none>`, `status installed ${name}:amd64 ${version}`);
		await machine.pass(200, {user: 0.3, waiting: 0.1});
	}
}

function dependencyText(call: Call, name: string, needed: string): string {
	const version = versionOf(needed, stateOf(call.machine.world, needed)!.version)!.version;
	return `dpkg: dependency problems prevent configuration of ${name}:
 ${name} depends on ${needed} (= ${version}); however:
  Package ${needed} is not configured yet.

dpkg: error processing package ${name} (--configure):
 dependency problems - leaving unconfigured
`;
}

const scriptText = (name: string, unit: string, problem = ''): string => `${problem}
invoke-rc.d: initscript ${unit.replace('.service', '')}, action "restart" failed.
dpkg: error processing package ${name} (--configure):
 installed ${name} package post-installation script subprocess returned error exit status 1
`;
