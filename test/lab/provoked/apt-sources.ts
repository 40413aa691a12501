import {readFileSync} from 'node:fs';
import type {AptRepository} from '../apt-repository.ts';
import type {Cleaning} from '../lab-host.ts';
import {makeSigner} from '../signer.ts';
import {noClock, rights} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {refresh as step} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import {resign} from './resign.ts';
import {ended, type Scene} from './scene.ts';

/** What becomes of the refresh of a host that gets its packages from the mirror. */
export function aptSources(
	context: Cleaning,
	{host}: Scene,
	repository: AptRepository,
	mirror: FaultyMirror,
): Provocation[] {
	const original = host.read(sources);
	const write = (text: string) => () => host.write(sources, text);
	const restore = write(original);
	const recover = () => mirror.recovers();
	const proxy = (to: string) => `echo 'Acquire::http::Proxy "${to}";' > ${proxyFile}`;
	const unreachable = (what: string, provoke: Provocation['provoke'] & {}): Provocation => ({
		what,
		entry: 'the-mirror-cannot-be-reached',
		provoke,
		step,
		byHand: {
			afterwards: async () => {
				recover();
				restore();
				await host.exec(`rm -f ${proxyFile}`);
			},
		},
	});
	const release = (what: string, fields: Record<string, string>): Provocation => ({
		what,
		entry: 'the-clock-is-wrong-or-the-mirror-is-old',
		provoke: () => resign(repository, fields),
		step,
		skipped: noClock,
		byHand: {afterwards: () => resign(repository, {Date: inDays(0), 'Valid-Until': inDays(7)})},
	});
	return [
		unreachable('a name that no server knows', write(original.replaceAll(mirror.address, 'http://mirror.invalid'))),
		unreachable('a mirror that is down', write(original.replaceAll(mirror.address, `http://${host.near}:9`))),
		unreachable('a proxy that is down', proxy(`http://${host.near}:9`)),
		unreachable('a proxy that wants a password', async () => {
			await host.exec(proxy(mirror.address));
			mirror.fails(() => ({status: 407}));
		}),
		unreachable('a mirror that is overloaded', () => mirror.fails(() => ({status: 503}))),
		...([401, 403] as const).map(status => ({
			what: `a mirror that wants a registration, ${status}`,
			entry: 'no-subscription-or-no-repository',
			provoke: async () => {
				await host.exec(`rm -f ${logins}`);
				mirror.wantsLogin(status);
			},
			step,
			byHand: {
				afterwards: `echo 'machine ${mirror.address} login lab password hunter2' > ${logins}; chmod 600 ${logins}`,
			},
		})),
		{
			what: 'a signature by a key that is not there',
			entry: 'the-key-of-a-repository-is-missing',
			provoke: () => {
				recover();
				host.write(key, makeSigner(context).publicKey());
			},
			step,
			byHand: {afterwards: () => host.write(key, repository.signer.publicKey())},
		},
		{
			what: 'a keyring that is not there',
			entry: 'the-key-of-a-repository-is-missing',
			provoke: `rm ${key}`,
			step,
			byHand: {afterwards: () => host.write(key, repository.signer.publicKey())},
		},
		{
			what: 'a release that was changed after it had been signed',
			entry: 'a-signature-is-wrong',
			provoke: () => {
				const text = readFileSync(`${repository.folder}/dists/bookworm/InRelease`, 'utf8');
				mirror.failsFor('/InRelease', {status: 200, body: text.replace('Label: Debian', 'Label: Other')});
			},
			step,
			byHand: {discard: recover},
		},
		{
			what: 'a captive portal',
			entry: 'a-signature-is-wrong',
			provoke: () => mirror.fails(() => ({status: 200, body: '<html>Log in first</html>'})),
			step,
			byHand: {discard: recover},
		},
		release('a mirror that was not updated for a week', {Date: inDays(-9), 'Valid-Until': inDays(-2)}),
		release('a clock that is behind', {Date: inDays(3), 'Valid-Until': inDays(7)}),
		...(['damaged', 'shorter'] as const).map(fault => ({
			what: `an index that came ${fault}`,
			entry: 'what-was-fetched-is-damaged',
			provoke: async () => {
				await host.exec('rm -r /var/lib/apt/lists/*');
				mirror.failsFor('/Packages', fault);
			},
			step,
			byHand: {refresh: recover},
		})),
		{
			what: 'a release that has reached its end of life',
			entry: 'the-mirror-does-not-have-it',
			provoke: write(original.replace('bookworm main', 'buster main')),
			step,
			byHand: {refresh: restore},
		},
		{
			what: 'lists that were cut off',
			entry: 'apt-cannot-read-its-lists',
			provoke: 'for list in /var/lib/apt/lists/*_Packages; do echo "Package" > "$list"; done',
			step,
		},
		...['Origin', 'Codename', 'Label'].map(field => ({
			what: `a release with another ${field}`,
			entry: 'a-repository-has-another-name-now',
			provoke: () => resign(repository, {[field]: 'other'}),
			step,
		})),
		{
			what: 'another program that refreshes the lists',
			entry: 'another-program-holds-the-lock',
			provoke: async () => {
				mirror.fails(() => 'stalls');
				await mirror.untilAsked(() => host.exec('systemd-run --quiet --unit=other apt-get update'));
			},
			step,
			byHand: {
				afterwards: async () => {
					recover();
					await ended(host, 'other');
				},
			},
		},
		...rights('sudo apt-get update', '/var/lib/apt'),
	];
}

const sources = '/etc/apt/sources.list';
const proxyFile = '/etc/apt/apt.conf.d/proxy';
const logins = '/etc/apt/auth.conf.d/lab.conf';
const key = '/etc/apt/keyrings/lab.gpg';

/** As Release files have it. */
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toUTCString();
