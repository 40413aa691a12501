import type {Cleaning} from '../lab-host.ts';
import {rights} from './everywhere.ts';
import type {FaultyMirror} from './faulty-mirror.ts';
import {refresh as step} from './page-commands.ts';
import type {Provocation} from './provoked.ts';
import type {RpmSources} from './rpm-sources.ts';
import type {Scene} from './scene.ts';

/** What becomes of the refresh of a host with dnf. */
export function dnfSources(context: Cleaning, {host}: Scene, mirror: FaultyMirror, sources: RpmSources): Provocation[] {
	const proxy = (to: string) => sources.write(`${sources.original}proxy=${to}\n`);
	return [
		...sources.common,
		sources.unreachable('a proxy that is down', proxy(`http://${host.near}:9`)),
		sources.unreachable('a proxy that nobody knows', proxy('http://proxy.invalid:3128')),
		sources.unreachable('a proxy that wants a password', () => {
			proxy(mirror.address)();
			mirror.fails(() => ({status: 407}));
		}),
		{
			what: 'a key that nobody has agreed to yet',
			entry: 'a-repository-has-a-new-key',
			provoke: 'rm -r /var/cache/dnf/lab-*/pubring',
			step,
		},
		{
			what: 'a signature by another key',
			entry: 'a-signature-is-wrong',
			provoke: () => sources.signedByAnother(context),
			step,
			byHand: {discard: sources.restore},
		},
		{
			what: 'another program that refreshes the metadata',
			entry: 'another-program-holds-the-lock',
			provoke: () => sources.refreshing('dnf makecache --refresh'),
			step,
			// It waits for as long as it takes.
			edited: script => script.replace('sudo ', 'sudo timeout 3 '),
			byHand: {afterwards: sources.refreshed},
		},
		...rights('sudo dnf -y upgrade lab-plain', '/var/cache/dnf'),
	];
}
