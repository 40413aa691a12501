import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import type {Package} from './lab-packages.ts';
import {rpmVersion} from './rpm-version.ts';
import {type Signer, signerName} from './signer.ts';

/** Builds signed rpm packages into a folder: those of a source as parts of one, which takes a tenth of a second. Not a name twice. */
export async function buildRpms(folder: string, packages: Package[], signer: Signer): Promise<void> {
	const sources = Map.groupBy(packages, ({source = 'lab'}) => source);
	await Promise.all([...sources].map(([source, parts]) => buildSource(folder, source, parts, signer)));
}

async function buildSource(folder: string, source: string, packages: Package[], signer: Signer): Promise<void> {
	const work = mkdtempSync(join(tmpdir(), 'rpms-'));
	const tree = join(work, 'tree');
	for (const [path, text] of packages.flatMap(({files = {}}) => Object.entries(files))) {
		mkdirSync(dirname(join(tree, path)), {recursive: true, mode: 0o755});
		writeFileSync(join(tree, path), text, {mode: 0o644});
	}
	mkdirSync(tree, {recursive: true});
	await run('chmod', ['-R', 'a+rX', tree]);
	const spec = join(work, 'lab.spec');
	writeFileSync(spec, [headOf(source), ...packages.map(sectionsOf)].join('\n'));
	const macros = {
		_topdir: work,
		_rpmdir: folder,
		_build_name_fmt: '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
		// The tree is there already, and stays as it is.
		__spec_install_pre: ':',
		__os_install_post: '%{nil}',
	};
	await run('rpmbuild', ['--quiet', '-bb', '--noclean', '--nodeps', ...defined(macros), '--buildroot', tree, spec]);
	const built = packages.map(({name, version}) => join(folder, `${name}-${rpmVersion(version).file}.noarch.rpm`));
	const signing = {__gpg: '/usr/bin/gpg', _gpg_path: signer.home, _gpg_name: signerName};
	await run('rpmsign', [...defined(signing), '--addsign', ...built]);
	rmSync(work, {recursive: true});
}

const headOf = (source: string) => `Name: ${source}
Version: 1.0
Release: 1
Summary: Packages of the lab
License: none
BuildArch: noarch
%description
Packages of the lab.
`;

function sectionsOf(what: Package): string {
	const {name, version, depends, conflicts, obsoletes, provides = [], files = {}, conffiles = []} = what;
	const {epoch, number, release} = rpmVersion(version);
	return [
		`%package -n ${name}`,
		`Version: ${number}`,
		`Release: ${release}`,
		...(epoch === '0' ? [] : [`Epoch: ${epoch}`]),
		'Summary: A package of the lab',
		'AutoReqProv: no',
		...(depends ? [`Requires: ${depends}`] : []),
		...(conflicts ? [`Conflicts: ${conflicts}`] : []),
		...(obsoletes ? [`Obsoletes: ${obsoletes}`] : []),
		...provides.map(what => `Provides: ${what}`),
		`%description -n ${name}`,
		'A package of the lab.',
		...scripts.flatMap(([section, script]) => (what[script] ? [`${section} -n ${name}`, what[script]] : [])),
		`%files -n ${name}`,
		'%defattr(-,root,root)',
		...Object.keys(files).map(path => (conffiles.includes(path) ? `%config(noreplace) ${path}` : path)),
		'',
	].join('\n');
}

const scripts = [
	['%pre', 'preinst'],
	['%post', 'postinst'],
	['%preun', 'prerm'],
] as const;

function defined(macros: Record<string, string>): string[] {
	return Object.entries(macros).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
}

const run = promisify(execFile);
