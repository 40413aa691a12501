import {execFile, execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {buildPackage} from './build-package.ts';
import type {Cleaning, LabHost} from './lab-host.ts';
import type {Generations, Package} from './lab-packages.ts';
import {serveFolder} from './serve-folder.ts';
import {makeSigner, type Signer} from './signer.ts';

// What Debian's own Release files say, so that runbooks tell security updates apart by the same words.
const suites = {
	release: {Suite: 'oldstable', Codename: 'bookworm', Label: 'Debian', Version: '12.11'},
	security: {Suite: 'oldstable-security', Codename: 'bookworm-security', Label: 'Debian-Security', Version: '12'},
} as const;

/** A signed repository that a host of the lab gets its packages from; gone with the test. */
export type AptRepository = {
	/** The folder that is served, and where the host knows it to be. */
	folder: string;
	address: string;
	signer: Signer;
	/** Offers these versions, too. */
	publish(packages: Package[]): Promise<void>;
};

/** The host has the old generation installed, and the new one is offered, once this resolves. */
export async function aptRepository(context: Cleaning, host: LabHost, packages: Generations): Promise<AptRepository> {
	const folder = mkdtempSync(join(tmpdir(), 'apt-'));
	context.after(async () => rmSync(folder, {recursive: true, force: true}));
	const signer = makeSigner(context);
	const address = await serveFolder(context, folder, host.near);
	const publish = async (wanted: Package[]) => {
		for (const suite of ['release', 'security'] as const) {
			await offer(
				{folder, signer, address},
				suite,
				wanted.filter(each => (each.suite ?? 'release') === suite),
			);
		}
	};
	await publish(packages.old);
	subscribe(host, signer, address);
	const names = packages.old.map(({name, architecture}) => (architecture ? `${name}:${architecture}` : name));
	for (const foreign of packages.old.flatMap(each => each.architecture ?? [])) {
		if (foreign !== architecture()) await host.exec(`dpkg --add-architecture ${foreign}`);
	}
	await host.exec(`export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -q -y install ${names.join(' ')}`);
	await publish(packages.new);
	await host.exec('apt-get -q update');
	return {folder, address, signer, publish};
}

type Place = Pick<AptRepository, 'folder' | 'address' | 'signer'>;

async function offer({folder, address, signer}: Place, suite: keyof typeof suites, packages: Package[]): Promise<void> {
	const {Codename, ...fields} = suites[suite];
	const pool = `pool/${suite}`;
	const index = `dists/${Codename}/main/binary-${architecture()}`;
	for (const path of [pool, index]) mkdirSync(join(folder, path), {recursive: true});
	await Promise.all(packages.map(each => buildPackage(join(folder, pool), each)));
	for (const each of packages) writeChangelog(join(folder, 'changelogs'), each);
	const run = async (program: string, ...words: string[]) => {
		const {stdout} = await promisify(execFile)(program, words, {cwd: folder, maxBuffer: 64 << 20});
		return stdout;
	};
	writeFileSync(join(folder, index, 'Packages'), await run('apt-ftparchive', 'packages', pool));
	const all = {Origin: 'Debian', Codename, ...fields, Components: 'main', Architectures: architecture()};
	const options = Object.entries(all).flatMap(([field, value]) => [
		'-o',
		`APT::FTPArchive::Release::${field}=${value}`,
	]);
	const place = join(folder, 'dists', Codename);
	rmSync(join(place, 'InRelease'), {force: true});
	const release = await run('apt-ftparchive', ...options, 'release', `dists/${Codename}`);
	writeFileSync(join(folder, 'Release'), `Changelogs: ${address}/changelogs/@CHANGEPATH@_changelog\n${release}`);
	await signer.gpg('--output', join(place, 'InRelease'), '--clearsign', join(folder, 'Release'));
}

/** Where apt-get(8) looks for what has changed in a package. */
function writeChangelog(folder: string, {name, version, changelog}: Package): void {
	if (!changelog) return;
	const place = join(folder, 'main', name.slice(0, 1), name);
	mkdirSync(place, {recursive: true});
	writeFileSync(join(place, `${name}_${version.replace(/^\d+:/, '')}_changelog`), changelog);
}

/** Takes it into the host's sources. */
function subscribe(host: LabHost, signer: Signer, address: string): void {
	const key = '/etc/apt/keyrings/lab.gpg';
	host.write(key, signer.publicKey());
	const entries = Object.values(suites).map(({Codename}) => `deb [signed-by=${key}] ${address} ${Codename} main\n`);
	host.write('/etc/apt/sources.list', entries.join(''));
}

/** That of this machine and its hosts, as Debian calls it. */
export const architecture = () => execFileSync('dpkg', ['--print-architecture'], {encoding: 'utf8'}).trim();
