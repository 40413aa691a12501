import {readFileSync, writeFileSync} from 'node:fs';
import type {Cleaning, LabHost} from '../lab-host.ts';
import type {RpmRepository} from '../rpm-repository.ts';
import {makeSigner} from '../signer.ts';
import {noClock} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {refresh as step} from './page-commands.ts';
import type {Deed, Provocation} from './provoked.ts';
import {ended, type Scene} from './scene.ts';

export const repositoryFile = ({family}: LabHost) =>
	family === 'rhel' ? '/etc/yum.repos.d/lab.repo' : '/etc/zypp/repos.d/lab.repo';

/** What goes wrong for dnf and zypper alike when they refresh what the mirror, or one with a certificate, has. */
export class RpmSources {
	readonly original: string;
	readonly #host: LabHost;
	readonly #repository: RpmRepository;
	readonly #mirror: FaultyMirror;
	readonly #secure: FaultyMirror;

	constructor({host}: Scene, repository: RpmRepository, mirror: FaultyMirror, secure: FaultyMirror) {
		this.original = host.read(repositoryFile(host));
		this.#host = host;
		this.#repository = repository;
		this.#mirror = mirror;
		this.#secure = secure;
	}

	/** The host's only repository is said to be this. */
	write = (text: string) => () => this.#host.write(repositoryFile(this.#host), text);

	/** It is said to be elsewhere. */
	at = (address: string) => this.write(this.original.replace(this.#mirror.address, address));

	/** All is as it was. */
	restore = () => {
		this.#mirror.recovers();
		this.write(this.original)();
	};

	/** What was fetched is not there any more. */
	forget = async () => {
		await this.#host.exec(this.#host.family === 'rhel' ? 'dnf clean all' : 'rm -rf /var/cache/zypp/*');
	};

	/** Whoever asks gives a password, once it is asked for one. */
	#login = () => {
		this.#mirror.wantsLogin(401);
		if (this.#host.family === 'rhel') this.write(`${this.original}username=lab\npassword=hunter2\n`)();
		else this.at(this.#mirror.address.replace('//', '//lab:hunter2@'))();
	};

	unreachable = (what: string, provoke: Deed): Provocation => ({
		what,
		entry: 'the-mirror-cannot-be-reached',
		provoke,
		step,
		byHand: {afterwards: this.restore},
	});

	get common(): Provocation[] {
		const mirror = this.#mirror;
		return [
			this.unreachable('a name that no server knows', this.at('http://mirror.invalid')),
			this.unreachable('a mirror that is down', this.at(`http://${this.#host.near}:9`)),
			this.unreachable('a mirror that is overloaded', () => mirror.fails(() => ({status: 503}))),
			...([401, 403] as const).map(status => ({
				what: `a mirror that wants a registration, ${status}`,
				entry: 'no-subscription-or-no-repository',
				provoke: async () => {
					this.restore();
					await this.forget();
					mirror.wantsLogin(status);
				},
				step,
				byHand: {afterwards: this.#login},
			})),
			{
				what: 'no repository at all',
				entry: 'no-subscription-or-no-repository',
				provoke: `rm ${repositoryFile(this.#host)}`,
				step,
				byHand: {afterwards: this.restore},
			},
			{
				what: 'a repository that has moved away',
				entry: 'the-mirror-does-not-have-it',
				provoke: this.at(`${mirror.address}/9.3`),
				step,
				byHand: {refresh: this.restore},
			},
			{
				what: 'an index that was changed after it had been signed',
				entry: 'a-signature-is-wrong',
				provoke: async () => {
					const text = readFileSync(`${this.#repository.folder}/repodata/repomd.xml`, 'utf8');
					await this.forget();
					mirror.fails(path =>
						path.endsWith('repomd.xml') ? {status: 200, body: text.replace('<revision>', '<revision>1')} : undefined,
					);
				},
				step,
				byHand: {discard: this.restore},
			},
			{
				what: 'an index that came damaged',
				entry: 'what-was-fetched-is-damaged',
				provoke: async () => {
					await this.forget();
					mirror.failsFor('primary', 'damaged');
				},
				step,
				byHand: {refresh: this.restore},
			},
			{
				what: 'a certificate that nobody vouches for',
				entry: 'the-clock-is-wrong-or-the-mirror-is-old',
				provoke: this.at(this.#secure.address),
				step,
				skipped: noClock,
				byHand: {afterwards: this.restore},
			},
		];
	}

	/** The index is signed by somebody else. */
	signedByAnother = async (context: Cleaning) => {
		const other = makeSigner(context);
		const index = `${other.home}/repomd.xml`;
		writeFileSync(index, readFileSync(`${this.#repository.folder}/repodata/repomd.xml`));
		await other.gpg('--armor', '--detach-sign', index);
		await this.forget();
		this.#mirror.failsFor('.asc', {status: 200, body: readFileSync(`${index}.asc`, 'utf8')});
	};

	/** Another program is at the metadata, and does not get on. */
	refreshing = async (command: string) => {
		await this.forget();
		this.#mirror.fails(() => 'stalls');
		await this.#mirror.untilAsked(() => this.#host.exec(`systemd-run --quiet --unit=other ${command}`));
	};

	refreshed = async () => {
		this.restore();
		await ended(this.#host, 'other');
	};
}
