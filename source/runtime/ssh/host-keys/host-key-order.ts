import type {Configuration} from '../configuration/configuration.ts';
import {offer} from '../ssh2/algorithms.ts';
import {authoritiesOf, knownTypes, namesOf} from './known-hosts.ts';
import {readKnownHosts} from './read-known-hosts.ts';

/**
 * Host key algorithms for the system's ssh, in the order of ssh2: whichever of the two connects meets the same key.
 * Undefined where the known keys come from a program.
 */
export async function hostKeyOrder(configuration: Configuration): Promise<string[] | undefined> {
	const {hostname, port, hostKeyAlias, allowed, options} = configuration;
	if (!/^(none)?$/.test(options.get('knownhostscommand')?.[0] ?? '')) return undefined;
	const entries = await readKnownHosts([...configuration.userKnownHostsFiles, ...configuration.globalKnownHostsFiles]);
	const names = namesOf(hostname, port, hostKeyAlias);
	const isAllowed = (name: string) => allowed.serverHostKey.includes(name);
	const certificates = allowed.serverHostKey.filter(name => name.includes('-cert-'));
	const plain = allowed.serverHostKey.filter(name => !name.includes('-cert-'));
	const first = ordered(allowed, knownTypes(entries, names)).filter(isAllowed);
	const order = [...(authoritiesOf(entries, names).length > 0 ? certificates : []), ...first, ...plain];
	return order.length > 0 ? [...new Set(order)] : undefined;
}

function ordered(allowed: Configuration['allowed'], types: string[]): string[] {
	try {
		return offer({...allowed, kex: [], cipher: [], hmac: []}, types).serverHostKey as string[];
	} catch {
		return types;
	}
}
