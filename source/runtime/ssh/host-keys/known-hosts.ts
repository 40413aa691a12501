import {createHmac} from 'node:crypto';
import {matchesWildcard} from '../../../core/text/wildcard.ts';
import {keyType} from './fingerprint.ts';

/** An entry of a known_hosts file: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export type KnownHost = {
	file: string;
	line: number;
	marker?: 'revoked' | 'cert-authority';
	/** Patterns as they stand there, or the hash of one name. */
	hosts: string;
	type: string;
	key: Buffer;
};

export type Verdict =
	| {is: 'known'; entry: KnownHost}
	/** `authority`: an entry that trusts a certificate authority for it. */
	| {is: 'unknown'; authority?: KnownHost}
	| {is: 'changed' | 'revoked'; entry: KnownHost};

/** Its entries; lines that are none are left out, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
	return text.split('\n').flatMap((line, index) => {
		const [, sign, rest] = /^[ \t]*(?:(@\S+)[ \t]+)?([^\s@].*)$/s.exec(line) ?? [];
		if (rest === undefined || (sign ? !Object.hasOwn(markers, sign) : rest.startsWith('#'))) return [];
		const [, hosts, type, base64] = fields.exec(rest) ?? [];
		if (base64 === undefined) return [];
		const key = Buffer.from(base64, 'base64');
		if (keyType(key) !== type) return [];
		const marker = sign ? markers[sign] : undefined;
		return [{file, line: index + 1, hosts: hosts!, type, key, ...(marker && {marker})}];
	});
}

/** The names that a host is looked up by; one with a port may also be known without it, but only by the very same key. */
export type Names = {name: string; spare?: string};

export function namesOf(hostname: string, port: number, alias?: string): Names {
	if (alias !== undefined) return {name: alias.toLowerCase()};
	const host = hostname.toLowerCase();
	return port === 22 ? {name: host} : {name: `[${host}]:${port}`, spare: host};
}

/** What the entries say of a host's key. */
export function judgeHostKey(entries: readonly KnownHost[], {name, spare}: Names, key: Uint8Array): Verdict {
	const revoked = entries.find(
		entry => entry.marker === 'revoked' && isOf(entry, key) && [name, spare].some(each => each && isFor(entry, each)),
	);
	if (revoked) return {is: 'revoked', entry: revoked};
	const mine = entriesFor(entries, name).filter(entry => entry.marker !== 'revoked');
	const plain = mine.filter(entry => !entry.marker);
	const same = plain.find(entry => isOf(entry, key));
	if (same) return {is: 'known', entry: same};
	// Rather the entry of the same type: that is the line to look at.
	const other = plain.find(entry => entry.type === keyType(key)) ?? plain[0];
	if (other) return {is: 'changed', entry: other};
	const found = spare ? entries.find(entry => !entry.marker && isOf(entry, key) && isFor(entry, spare)) : undefined;
	if (found) return {is: 'known', entry: found};
	const authority = mine.find(entry => entry.marker === 'cert-authority');
	return {is: 'unknown', ...(authority && {authority})};
}

/** Types of the keys known for a host, in the order of the entries: keys that are added later change nothing. */
export function knownTypes(entries: readonly KnownHost[], {name, spare}: Names): string[] {
	const plainFor = (each: string) => entriesFor(entries, each).filter(entry => !entry.marker);
	const mine = plainFor(name);
	const found = mine.length > 0 || !spare ? mine : plainFor(spare);
	return [...new Set(found.map(entry => entry.type))];
}

/** Entries of certificate authorities that may vouch for a host. */
export function authoritiesOf(entries: readonly KnownHost[], {name, spare}: Names): KnownHost[] {
	const mine = (entry: KnownHost) => isFor(entry, name) || (spare !== undefined && isFor(entry, spare));
	return entries.filter(entry => entry.marker === 'cert-authority' && mine(entry));
}

const looked = new WeakMap<readonly KnownHost[], Map<string, KnownHost[]>>();

/** The entries that mean a name. Looked for once: of each hashed one a hash of the name has to be made. */
function entriesFor(entries: readonly KnownHost[], name: string): KnownHost[] {
	const names = looked.get(entries) ?? new Map<string, KnownHost[]>();
	looked.set(entries, names);
	const found = names.get(name) ?? entries.filter(entry => isFor(entry, name));
	names.set(name, found);
	return found;
}

/** Whether the first field of an entry means a name, which is in lower case. */
export function meansHost(hosts: string, name: string): boolean {
	if (hosts.startsWith('|')) return isHashOf(hosts, name);
	let isMeant = false;
	for (const pattern of hosts.toLowerCase().split(',')) {
		const isNegated = pattern.startsWith('!');
		if (!matchesWildcard(isNegated ? pattern.slice(1) : pattern, name)) continue;
		if (isNegated) return false;
		isMeant = true;
	}
	return isMeant;
}

const fields = /^(\S+)[ \t]+([\w.@-]+)[ \t]+([A-Za-z0-9+/]+=*)(?:\s.*)?$/s;
const markers: Record<string, NonNullable<KnownHost['marker']>> = {
	'@revoked': 'revoked',
	'@cert-authority': 'cert-authority',
};

const isFor = (entry: KnownHost, name: string): boolean => meansHost(entry.hosts, name);
const isOf = (entry: KnownHost, key: Uint8Array): boolean => entry.key.equals(key);

function isHashOf(hosts: string, name: string): boolean {
	const [, salt, hash] = /^\|1\|([A-Za-z0-9+/]+=*)\|([A-Za-z0-9+/]+=*)$/.exec(hosts) ?? [];
	if (!salt) return false;
	return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
