import {origins} from '../data/package-info.ts';
import {archiveName, infoOf, stateOf, unfinished, upgradable} from '../packages.ts';
import type {World} from '../world.ts';
import {type Item, itemsOf, type Plan} from './plan.ts';
import {nameLines} from './size-words.ts';

/** The lists of packages and the line that counts them. */
export function planText(world: World, plan: Plan): string {
	const names = (items: Item[]) => items.map(({name}) => name).sort();
	const lists: [string, string[]][] = [
		['The following packages have been kept back:', [...plan.kept].sort()],
		['The following packages will be REMOVED:', [...plan.remove].sort()],
		['The following NEW packages will be installed:', names(plan.install)],
		['The following packages will be upgraded:', names(plan.upgrade)],
		['The following packages will be DOWNGRADED:', names(plan.downgrade)],
	];
	const text = lists.filter(([, each]) => each.length > 0).map(([title, each]) => `${title}\n${nameLines(each)}`);
	const left = upgradable(world).filter(
		name => !plan.upgrade.some(item => item.name === name) && !plan.remove.includes(name),
	);
	const downgraded = plan.downgrade.length > 0 ? `${plan.downgrade.length} downgraded, ` : '';
	const counts = `${plan.upgrade.length} upgraded, ${plan.install.length} newly installed, ${downgraded}${plan.remove.length} to remove and ${left.length} not upgraded.\n`;
	const halfDone = unfinished(world).length;
	return `${text.join('')}${counts}${halfDone > 0 ? `${halfDone} not fully installed or removed.\n` : ''}`;
}

/** What `-s` prints of each package. */
export function simulation(world: World, plan: Plan): string {
	const items = itemsOf(plan);
	const origin = ({name, to}: Item) => `${to.version} ${origins[to.origin].label} [${infoOf(name)!.arch}]`;
	return [
		...plan.remove.map(name => `Remv ${name} [${stateOf(world, name)!.version}]\n`),
		...items.map(item => `Inst ${item.name}${item.from ? ` [${item.from}]` : ''} (${origin(item)})\n`),
		...items.map(item => `Conf ${item.name} (${origin(item)})\n`),
	].join('');
}

/** What `--print-uris` prints of each package. */
export const uris = (items: Item[]): string =>
	items.map(({name, to}) => `'${uriOf(name, to)}' ${archiveName(name, to.version)} ${to.bytes} \n`).join('');

function uriOf(name: string, {version, origin}: Item['to']): string {
	const {source, arch} = infoOf(name)!;
	const {uri, pool} = origins[origin];
	const folder = source.startsWith('lib') ? source.slice(0, 4) : source[0];
	const file = `${name}_${version.replace(/^\d+:/, '')}_${arch}.deb`.replaceAll('+', '%2b').replaceAll('~', '%7e');
	return `${uri}/${pool}/main/${folder}/${source}/${file}`;
}
