import {compareVersions} from '../compare-versions.ts';
import type {Version} from '../data/package-info.ts';
import {packageOrder} from '../data/package-table.ts';
import {
	candidate,
	infoOf,
	isInstalled,
	kernels,
	knownVersions,
	stateOf,
	unfinished,
	upgradable,
	versionOf,
} from '../packages.ts';
import type {World} from '../world.ts';
import type {AptOptions} from './options.ts';

export type Item = {name: string; from?: string; to: Version};

/** What apt would do. */
export type Plan = {
	upgrade: Item[];
	install: Item[];
	downgrade: Item[];
	remove: string[];
	kept: string[];
	/** Lines before the summary. */
	notes: string[];
	/** Installed at someone's wish from now on. */
	wanted: string[];
	error?: string[];
};

const empty = (): Plan => ({upgrade: [], install: [], downgrade: [], remove: [], kept: [], notes: [], wanted: []});

/** Packages that are newer in the repositories; what needs a new package only where that is allowed. */
export function planUpgrade(world: World, allowsNew: boolean): Plan {
	const plan = empty();
	for (const name of upgradable(world)) {
		const to = candidate(world, name)!;
		const needed = (to.needs ?? []).filter(each => !isInstalled(world, each));
		if (stateOf(world, name)!.isHeld || (needed.length > 0 && !allowsNew)) plan.kept.push(name);
		else {
			plan.install.push(...needed.map(each => ({name: each, to: candidate(world, each)!})));
			plan.upgrade.push({name, from: stateOf(world, name)!.version, to});
		}
	}
	return plan;
}

/** `install NAME[=VERSION]...`; `remove` takes a minus behind the name. */
export function planInstall(world: World, {words, flags}: AptOptions): Plan {
	const plan = empty();
	for (const word of words) {
		const [, name = '', , wish] = /^([^=/]+?)(:\w+)?(?:=(.*))?(?:\/.*)?$/.exec(word) ?? [];
		if (!infoOf(name)) return {...plan, error: [`E: Unable to locate package ${word}`]};
		const to =
			wish === undefined ? candidate(world, name) : knownVersions(world, name).find(each => each.version === wish);
		if (!to) return {...plan, error: [`E: Version '${wish}' for '${name}' was not found`]};
		addItem(world, plan, name, to, flags);
	}
	const changed = [...plan.upgrade, ...plan.downgrade];
	const held = changed.filter(({name}) => stateOf(world, name)?.isHeld);
	if (held.length > 0 && !flags.has('allow-change-held-packages')) {
		plan.error = ['E: Held packages were changed and -y was used without --allow-change-held-packages.'];
	}
	plan.kept = [];
	sort(plan);
	return plan;
}

function addItem(world: World, plan: Plan, name: string, to: Version, flags: Set<string>): void {
	const from = isInstalled(world, name) ? stateOf(world, name)!.version : undefined;
	if (from === undefined && flags.has('only-upgrade')) {
		plan.notes.push(`Skipping ${name}, it is not installed and only upgrades are requested.`);
		return;
	}
	for (const needed of to.needs ?? []) {
		const isNamed = plan.install.some(each => each.name === needed);
		if (!isInstalled(world, needed) && !isNamed) plan.install.push({name: needed, to: candidate(world, needed)!});
	}
	if (from === undefined) plan.install = [...plan.install.filter(each => each.name !== name), {name, to}];
	else {
		const order = compareVersions(to.version, from);
		if (order > 0) addUpgrade(world, plan, {name, from, to});
		else if (order < 0) plan.downgrade.push({name, from, to});
		else if (flags.has('reinstall')) plan.upgrade.push({name, from, to});
		else plan.notes.push(`${name} is already the newest version (${from}).`);
	}
	if (stateOf(world, name)?.isAutomatic) {
		plan.notes.push(`${name} set to manually installed.`);
		plan.wanted.push(name);
	}
}

/** What is built from the same source fits in one version only, so that the other one comes along. */
function addUpgrade(world: World, plan: Plan, item: Item): void {
	if (plan.upgrade.some(({name}) => name === item.name)) return;
	plan.upgrade.push(item);
	const needed = infoOf(item.name)!.dependsOn;
	if (needed === undefined || !isInstalled(world, needed)) return;
	const [from, to] = [stateOf(world, needed)!.version, versionOf(needed, item.to.version)];
	if (to && compareVersions(to.version, from) > 0) addUpgrade(world, plan, {name: needed, from, to});
}

export function planRemove(world: World, words: string[]): Plan {
	const plan = empty();
	for (const name of words) {
		if (!infoOf(name)) return {...plan, error: [`E: Unable to locate package ${name}`]};
		if (isInstalled(world, name)) plan.remove.push(name);
		else plan.notes.push(`Package '${name}' is not installed, so not removed`);
	}
	return plan;
}

/** Kernels that nobody asked for, but the one that runs and the two newest. */
export function planAutoremove(world: World): Plan {
	const newest = kernels(world).slice(-2);
	const remove = packageOrder.filter(name => {
		const {kernel} = infoOf(name)!;
		return (
			kernel &&
			stateOf(world, name)?.isAutomatic &&
			isInstalled(world, name) &&
			kernel !== world.kernel &&
			!newest.includes(kernel)
		);
	});
	return {...empty(), remove};
}

export const itemsOf = (plan: Plan): Item[] =>
	[...plan.upgrade, ...plan.install, ...plan.downgrade].sort(
		(one, other) => packageOrder.indexOf(one.name) - packageOrder.indexOf(other.name),
	);

/** Whether there is anything to do, packages included that were left half done. */
export const isIdle = (world: World, plan: Plan): boolean =>
	itemsOf(plan).length === 0 && plan.remove.length === 0 && unfinished(world).length === 0;

/** Bytes more that it takes on the disk. */
export function growth(world: World, plan: Plan): number {
	const sizeOf = (name: string, version = '') => versionOf(name, version)?.kibibytes ?? 0;
	const grown = itemsOf(plan).reduce((sum, {name, from, to}) => sum + to.kibibytes - sizeOf(name, from), 0);
	const freed = plan.remove.reduce((sum, name) => sum + sizeOf(name, stateOf(world, name)?.version), 0);
	return (grown - freed) * 1024;
}

function sort(plan: Plan): void {
	const order = (one: Item, other: Item) => packageOrder.indexOf(one.name) - packageOrder.indexOf(other.name);
	for (const items of [plan.upgrade, plan.install, plan.downgrade]) items.sort(order);
}
