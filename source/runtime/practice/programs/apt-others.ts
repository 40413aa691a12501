import {aptOptions} from '../apt/options.ts';
import {origins} from '../data/package-info.ts';
import {candidate, infoOf, installed, isInstalled, knownVersions, stateOf, upgradable} from '../packages.ts';
import type {Call} from '../shell/program.ts';
import {aptGet} from './apt-get.ts';

/** `apt`: its lists are its own, the rest is apt-get. */
export async function apt(call: Call): Promise<number> {
	call.err('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n');
	const {verb, words, flags} = aptOptions(call.args);
	if (verb !== 'list') return verb === 'policy' ? policy(call, words) : await aptGet(call);
	call.out('Listing...\n');
	const {world} = call.machine;
	const names = flags.has('upgradable') ? [...upgradable(world)].sort() : installed(world);
	for (const name of names) {
		if (words.length > 0 && !words.includes(name)) continue;
		const {arch} = infoOf(name)!;
		const {version} = stateOf(world, name)!;
		const newest = candidate(world, name)!;
		const isOld = newest.version !== version;
		if (flags.has('upgradable'))
			call.out(`${name}/${origins[newest.origin].suite} ${newest.version} ${arch} [upgradable from: ${version}]\n`);
		else call.out(`${name}/now ${version} ${arch} [installed${isOld ? `,upgradable to: ${newest.version}` : ''}]\n`);
	}
	return 0;
}

export function aptCache(call: Call): number {
	const [verb = '', ...words] = call.args.filter(word => !word.startsWith('-'));
	if (verb === 'policy') return policy(call, words);
	if (verb === 'madison') {
		for (const name of words) {
			for (const {version, origin} of knownVersions(call.machine.world, name)) {
				call.out(
					`${name.padStart(10)} | ${version.padStart(10)} | ${origins[origin].uri} ${origins[origin].dist} amd64 Packages\n`,
				);
			}
		}
		return 0;
	}
	call.err(`E: Invalid operation ${verb}\n`);
	return 100;
}

function policy(call: Call, names: string[]): number {
	const {world} = call.machine;
	for (const name of names) {
		if (!infoOf(name)) {
			call.err(`N: Unable to locate package ${name}\n`);
			continue;
		}
		const present = isInstalled(world, name) ? stateOf(world, name)!.version : '(none)';
		call.out(
			`${name}:\n  Installed: ${present}\n  Candidate: ${candidate(world, name)?.version ?? '(none)'}\n  Version table:\n`,
		);
		for (const {version, origin} of knownVersions(world, name)) {
			const {uri, dist} = origins[origin];
			call.out(`${version === present ? ' *** ' : '     '}${version} 500\n        500 ${uri} ${dist} amd64 Packages\n`);
			if (version === present) call.out('        100 /var/lib/dpkg/status\n');
		}
	}
	return 0;
}

export function aptMark(call: Call): number {
	const [verb = '', ...names] = call.args.filter(word => !word.startsWith('-'));
	const {world, isRoot} = call.machine;
	const lists: Record<string, (name: string) => boolean> = {
		showhold: name => Boolean(stateOf(world, name)!.isHeld),
		showmanual: name => !stateOf(world, name)!.isAutomatic,
		showauto: name => Boolean(stateOf(world, name)!.isAutomatic),
	};
	if (Object.hasOwn(lists, verb)) {
		for (const name of installed(world).filter(lists[verb]!)) call.out(`${name}\n`);
		return 0;
	}
	if (!marks[verb]) {
		call.err(`E: Invalid operation ${verb}\n`);
		return 100;
	}
	if (!isRoot) {
		call.err(
			'E: Could not create temporary file for /var/lib/apt/extended_states - mkstemp (13: Permission denied)\nE: Failed to write temporary StateFile /var/lib/apt/extended_states\n',
		);
		return 100;
	}
	for (const name of names) {
		if (!isInstalled(world, name)) {
			call.err(`E: Can't select installed nor candidate version from package '${name}' as it has neither of them\n`);
			return 100;
		}
		call.out(`${marks[verb](name, stateOf(world, name)!)}\n`);
	}
	return 0;
}

type State = NonNullable<ReturnType<typeof stateOf>>;

const marks: Record<string, (name: string, state: State) => string> = {
	hold(name, state) {
		const was = state.isHeld;
		state.isHeld = true;
		return was ? `${name} was already set on hold.` : `${name} set on hold.`;
	},
	unhold(name, state) {
		const was = state.isHeld;
		delete state.isHeld;
		return was ? `Canceled hold on ${name}.` : `${name} was already not on hold.`;
	},
	auto(name, state) {
		state.isAutomatic = true;
		return `${name} set to automatically installed.`;
	},
	manual(name, state) {
		delete state.isAutomatic;
		return `${name} set to manually installed.`;
	},
};
