import type {Cleaning} from '../lab-host.ts';
import {noClock, rights} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {refresh as step} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import type {RpmSources} from './rpm-sources.ts';
import type {Scene} from './scene.ts';

/** What becomes of the refresh of a host with zypper. */
export function zypperSources(
	context: Cleaning,
	{host}: Scene,
	mirror: FaultyMirror,
	sources: RpmSources,
): Provocation[] {
	const proxy = (name: string, port: number) => sources.at(`${mirror.address}/?proxy=${name}&proxyport=${port}`);
	return [
		...sources.common,
		sources.unreachable('a proxy that is down', proxy(host.near, 9)),
		sources.unreachable('a proxy that nobody knows', proxy('proxy.invalid', 3128)),
		{
			what: 'a host that knows no authority for certificates',
			entry: 'the-clock-is-wrong-or-the-mirror-is-old',
			provoke: () => {
				sources.at(mirror.address.replace('http:', 'https:'))();
				return host.exec('mv /etc/ssl/certs/ca-certificates.crt /root');
			},
			step,
			skipped: noClock,
			byHand: {afterwards: sources.restore},
		},
		{
			what: 'a key that nobody has agreed to yet',
			entry: 'the-key-of-a-repository-is-missing',
			provoke: async () => {
				await host.exec('rpm -e gpg-pubkey');
				await sources.forget();
			},
			step,
			byHand: {afterwards: 'rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-lab'},
		},
		{
			what: 'a signature by another key',
			entry: 'the-key-of-a-repository-is-missing',
			provoke: () => sources.signedByAnother(context),
			step,
			byHand: {afterwards: sources.restore},
		},
		{
			what: 'another program that refreshes the metadata',
			entry: 'another-program-holds-the-lock',
			provoke: () => sources.refreshing('zypper --non-interactive refresh'),
			step,
			edited: script => script.replace('TIMEOUT=60', 'TIMEOUT=1'),
			byHand: {afterwards: sources.refreshed},
		},
		...rights('sudo zypper --non-interactive refresh', '/run'),
	];
}
