import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {buildRpms} from './build-rpms.ts';
import type {Cleaning, LabHost} from './lab-host.ts';
import type {Package} from './lab-packages.ts';
import type {Advisory, Rpms} from './lab-rpms.ts';
import {serveFolder} from './serve-folder.ts';
import {makeSigner, type Signer} from './signer.ts';
import {updateInfo} from './update-info.ts';

/** A signed repository that a host of the lab gets its rpm packages from; gone with the test. */
export type RpmRepository = {
	/** The folder that is served, and where the host knows it to be. */
	folder: string;
	address: string;
	signer: Signer;
	/** Offers these versions, too, with what is said of them. */
	publish(packages: Package[], advisories?: Advisory[]): Promise<void>;
};

/** The host has the old generation installed, for a day, and the new one is offered, once this resolves. */
export async function rpmRepository(context: Cleaning, host: LabHost, rpms: Rpms): Promise<RpmRepository> {
	const folder = mkdtempSync(join(tmpdir(), 'rpm-'));
	context.after(async () => rmSync(folder, {recursive: true, force: true}));
	const signer = makeSigner(context);
	const publish = async (packages: Package[], advisories: Advisory[] = []) => {
		await offer(folder, signer, packages, advisories);
	};
	await publish(rpms.old);
	const address = await serveFolder(context, folder, host.near);
	subscribe(host, signer, address);
	await host.exec(
		`${importsKey}\n${installs(host)} ${rpms.old.map(({name}) => name).join(' ')}\nrm -f /run/reboot-needed`,
	);
	await publish(rpms.new, rpms.advisories);
	await host.exec(host.family === 'rhel' ? 'dnf -q makecache --refresh' : 'zypper -n -q refresh');
	return {folder, address, signer, publish};
}

async function offer(folder: string, signer: Signer, packages: Package[], advisories: Advisory[]): Promise<void> {
	mkdirSync(join(folder, 'packages'), {recursive: true});
	await buildRpms(join(folder, 'packages'), packages, signer);
	await run('createrepo_c', ['--quiet', '--no-database', folder]);
	const info = join(folder, 'updateinfo.xml');
	writeFileSync(info, updateInfo(advisories, packages));
	await run('modifyrepo_c', [info, join(folder, 'repodata')]);
	const index = join(folder, 'repodata', 'repomd.xml');
	writeFileSync(`${index}.key`, signer.publicKey('--armor'));
	await signer.gpg('--armor', '--output', `${index}.asc`, '--detach-sign', index);
}

/** Takes it into the host's sources. */
function subscribe(host: LabHost, signer: Signer, address: string): void {
	host.write(key, signer.publicKey('--armor'));
	const place = host.family === 'rhel' ? '/etc/yum.repos.d/lab.repo' : '/etc/zypp/repos.d/lab.repo';
	const lines = ['[lab]', 'name=The lab', `baseurl=${address}`, 'enabled=1', 'gpgcheck=1', 'repo_gpgcheck=1'];
	host.write(place, [...lines, `gpgkey=file://${key}`, 'autorefresh=1', ''].join('\n'));
}

// A kernel that was installed since the boot calls for a reboot. rpm takes the time of installing from this variable.
const installs = ({family}: LabHost) =>
	`SOURCE_DATE_EPOCH=$(date -d yesterday +%s) ${family === 'rhel' ? 'dnf -y' : 'zypper -n'} install`;

const key = '/etc/pki/rpm-gpg/RPM-GPG-KEY-lab';
const importsKey = `rpm --import ${key}`;
const run = promisify(execFile);
