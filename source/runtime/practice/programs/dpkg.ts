import {configure, forcesOf} from '../apt/configure.ts';
import {compareVersions} from '../compare-versions.ts';
import {stanza} from '../dpkg-status.ts';
import {dpkgName, infoOf, installed, isInstalled, sourceVersion, stateOf, unfinished} from '../packages.ts';
import type {Call} from '../shell/program.ts';

export async function dpkg(call: Call): Promise<number> {
	const action = call.args.find(word => Object.hasOwn(actions, word));
	const words = call.args.filter(word => !word.startsWith('-'));
	if (action) return await actions[action]!(call, words);
	call.err(
		'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];\n',
	);
	return 2;
}

type Action = (call: Call, words: string[]) => Promise<number> | number;

const listed: Action = (call, words) => {
	const {world} = call.machine;
	const names =
		words.length === 0 ? installed(world) : installed(world).filter(name => words.some(each => fits(name, each)));
	if (names.length === 0) {
		call.err(words.map(word => `dpkg-query: no packages found matching ${word}\n`).join(''));
		return 1;
	}
	call.out(`Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name${' '.repeat(26)} Version${' '.repeat(18)} Architecture Description
+++-==============================-=========================-============-=================================
`);
	for (const name of names) {
		const {version} = stateOf(world, name)!;
		const {arch, summary} = infoOf(name)!;
		call.out(
			`${abbreviation(call, name)}  ${dpkgName(name).padEnd(30)} ${version.padEnd(25)} ${arch.padEnd(12)} ${summary}\n`,
		);
	}
	return 0;
};

const status: Action = (call, words) => {
	let exit = 0;
	for (const name of words) {
		if (isInstalled(call.machine.world, name)) call.out(`${stanza(call.machine.world, name)}\n`);
		else {
			call.err(
				`dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`,
			);
			exit = 1;
		}
	}
	return exit;
};

const audit: Action = call => {
	const {world} = call.machine;
	const kinds = {iU: [] as string[], iF: [] as string[]};
	for (const name of unfinished(world)) kinds[stateOf(world, name)!.status as 'iU' | 'iF'].push(name);
	for (const [kind, names] of Object.entries(kinds)) {
		if (names.length === 0) continue;
		call.out(kind === 'iU' ? unpackedText : halfText);
		call.out(`${names.map(name => ` ${name.padEnd(20)} ${infoOf(name)!.summary}\n`).join('')}\n`);
	}
	return 0;
};

const configureAll: Action = async (call, words) => {
	const {machine} = call;
	const {world} = machine;
	if (!machine.isRoot) {
		call.err('dpkg: error: requested operation requires superuser privilege\n');
		return 2;
	}
	const isAll = call.args.includes('-a') || call.args.includes('--pending');
	const names = isAll ? unfinished(world) : unfinished(world).filter(name => words.includes(name));
	world.isInterrupted = true;
	const failed = await configure(call, names, forcesOf(call.args));
	world.isInterrupted = false;
	return failed.length > 0 ? 1 : 0;
};

const selections: Action = call => {
	const {world} = call.machine;
	for (const name of installed(world))
		call.out(`${dpkgName(name).padEnd(47)} ${stateOf(world, name)!.isHeld ? 'hold' : 'install'}\n`);
	return 0;
};

const comparisons: Record<string, (order: number) => boolean> = {
	lt: order => order < 0,
	le: order => order <= 0,
	eq: order => order === 0,
	ne: order => order !== 0,
	ge: order => order >= 0,
	gt: order => order > 0,
};

const actions: Record<string, Action> = {
	'-l': listed,
	'--list': listed,
	'-s': status,
	'--status': status,
	'--audit': audit,
	'-C': audit,
	'--configure': configureAll,
	'--get-selections': selections,
	'--print-architecture': call => print(call, 'amd64'),
	'--version': call => print(call, "Debian 'dpkg' package management program version 1.21.22 (amd64)."),
	'--verify': () => 0,
	'-V': () => 0,
	'--compare-versions'(_, [one = '', relation = '', other = '']) {
		const holds = comparisons[relation];
		if (!holds) return 2;
		return holds(compareVersions(one, other)) ? 0 : 1;
	},
};

/** `dpkg-query -W -f FORMAT`. */
export function dpkgQuery(call: Call): Promise<number> | number {
	const {args} = call;
	if (!args.some(word => word === '-W' || word === '--show')) return dpkg(call);
	const {world} = call.machine;
	const at = args.indexOf('-f');
	const format =
		at >= 0
			? args[at + 1]!
			: (args.find(word => /^(-f|--showformat=)./.test(word))?.replace(/^(-f=?|--showformat=)/, '') ?? usualFormat);
	const words = args.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1));
	const names =
		words.length === 0 ? installed(world) : installed(world).filter(name => words.some(each => fits(name, each)));
	for (const name of names) call.out(formatted(call, format, name));
	const missing = words.filter(word => !names.some(name => fits(name, word)));
	for (const word of missing) call.err(`dpkg-query: no packages found matching ${word}\n`);
	return missing.length > 0 ? 1 : 0;
}

const usualFormat = `$\{binary:Package}\\t$\{Version}\\n`;

function formatted(call: Call, format: string, name: string): string {
	const {world} = call.machine;
	const text = stanza(world, name);
	const fields: Record<string, string> = {
		'binary:Package': dpkgName(name),
		'db:Status-Abbrev': `${abbreviation(call, name)} `,
		'source:Package': infoOf(name)!.source,
		'source:Version': sourceVersion(name, stateOf(world, name)!.version),
		'binary:Summary': infoOf(name)!.summary,
		'db:Status-Status': /^Status: \S+ \S+ (.*)$/m.exec(text)![1]!,
	};
	return format
		.replaceAll(/\$\{([\w:-]+)(?:;(-?\d+))?\}/g, (_, field: string, width?: string) => {
			const value = fields[field] ?? new RegExp(`^${field}: (.*)$`, 'm').exec(text)?.[1] ?? '';
			const size = Math.min(200, Math.abs(Number(width ?? 0)));
			return Number(width) < 0 ? value.padEnd(size) : value.padStart(size);
		})
		.replaceAll('\\n', '\n')
		.replaceAll('\\t', '\t');
}

function abbreviation(call: Call, name: string): string {
	const {status: letters, isHeld} = stateOf(call.machine.world, name)!;
	return isHeld ? `h${letters[1]}` : letters;
}

function print(call: Call, line: string): number {
	call.out(`${line}\n`);
	return 0;
}

function fits(name: string, pattern: string): boolean {
	if (pattern.length > 200) return false;
	const parts = pattern
		.replace(/:\w+$/, '')
		.split('*')
		.map(part =>
			part
				.replaceAll(/[^\w.+-]/g, '\\$&')
				.replaceAll('.', '\\.')
				.replaceAll('+', '\\+'),
		);
	return new RegExp(`^${parts.join('[^]*?')}$`).test(name);
}

const unpackedText = `The following packages have been unpacked but not yet configured.
They must be configured using dpkg --configure or the configure
menu option in dselect for them to work:
`;
const halfText = `The following packages are only half configured, probably due to problems
configuring them the first time.  The configuration should be retried using
dpkg --configure <package> or the configure menu option in dselect:
`;
