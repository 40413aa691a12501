import {execFile, execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {tmpdir} from 'node:os';
import {join, normalize} from 'node:path';
import {promisify} from 'node:util';
import {buildPackage} from './build-package.ts';
import type {Cleaning, LabHost} from './lab-host.ts';
import type {Generations, Package} from './lab-packages.ts';

// What Debian's own Release files say, so that runbooks tell security updates apart by the same words.
const suites = {
	release: {Suite: 'oldstable', Codename: 'bookworm', Label: 'Debian', Version: '12.11'},
	security: {Suite: 'oldstable-security', Codename: 'bookworm-security', Label: 'Debian-Security', Version: '12'},
} as const;

/** A signed repository that a host of the lab gets its packages from; gone with the test. */
export type AptRepository = {
	/** Offers these versions, too. */
	publish(packages: Package[]): Promise<void>;
};

/** The host has the old generation installed, and the new one is offered, once this resolves. */
export async function aptRepository(context: Cleaning, host: LabHost, packages: Generations): Promise<AptRepository> {
	const folder = mkdtempSync(join(tmpdir(), 'apt-'));
	const server = createServer((request, response) => serve(folder, request.url ?? '/', response));
	context.after(async () => {
		server.close();
		server.closeAllConnections();
		execFileSync('gpgconf', ['--homedir', join(folder, 'keys'), '--kill', 'all']);
		rmSync(folder, {recursive: true, force: true});
	});
	makeSigner(folder);
	const publish = async (wanted: Package[]) => {
		for (const suite of ['release', 'security'] as const) {
			await offer(
				folder,
				suite,
				wanted.filter(each => (each.suite ?? 'release') === suite),
			);
		}
	};
	await publish(packages.old);
	await listen(server, host.near);
	const {port} = server.address() as {port: number};
	subscribe(host, folder, `http://${host.near}:${port}`);
	const names = packages.old.map(({name}) => name).join(' ');
	await host.exec(`export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -q -y install ${names}`);
	await publish(packages.new);
	await host.exec('apt-get -q update');
	return {publish};
}

function makeSigner(folder: string): void {
	mkdirSync(join(folder, 'keys'), {mode: 0o700});
	const gpg = ['--homedir', join(folder, 'keys'), '--batch', '--quiet'];
	execFileSync('gpg', [...gpg, '--passphrase', '', '--quick-generate-key', 'The lab', 'ed25519', 'sign', 'never'], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	execFileSync('gpg', [...gpg, '--output', join(folder, 'lab.gpg'), '--export']);
}

async function offer(folder: string, suite: keyof typeof suites, packages: Package[]): Promise<void> {
	const {Codename, ...fields} = suites[suite];
	const pool = `pool/${suite}`;
	const index = `dists/${Codename}/main/binary-${architecture()}`;
	for (const path of [pool, index]) mkdirSync(join(folder, path), {recursive: true});
	await Promise.all(packages.map(each => buildPackage(join(folder, pool), each)));
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
	writeFileSync(join(folder, 'Release'), await run('apt-ftparchive', ...options, 'release', `dists/${Codename}`));
	const signer = ['--homedir', join(folder, 'keys'), '--batch', '--quiet'];
	await run('gpg', ...signer, '--output', join(place, 'InRelease'), '--clearsign', join(folder, 'Release'));
}

/** Takes it into the host's sources. */
function subscribe(host: LabHost, folder: string, address: string): void {
	const key = '/etc/apt/keyrings/lab.gpg';
	host.write(key, readFileSync(join(folder, 'lab.gpg')));
	const entries = Object.values(suites).map(({Codename}) => `deb [signed-by=${key}] ${address} ${Codename} main\n`);
	host.write('/etc/apt/sources.list', entries.join(''));
}

function serve(folder: string, url: string, response: NodeJS.WritableStream & {statusCode: number}): void {
	const path = normalize(decodeURIComponent(new URL(url, 'http://lab').pathname));
	const file = createReadStream(join(folder, path));
	file.on('error', () => {
		response.statusCode = 404;
		response.end();
	});
	file.pipe(response);
}

async function listen(server: Server, address: string): Promise<void> {
	server.listen(0, address);
	await once(server, 'listening');
}

const architecture = () => execFileSync('dpkg', ['--print-architecture'], {encoding: 'utf8'}).trim();
