import {Failure} from '../../core/text/failure.ts';
import {NotConnected} from '../hosts/host.ts';
import type {Configuration} from './configuration.ts';
import {fingerprint, keyType} from './fingerprint.ts';
import {judgeHostKey, type KnownHost, knownTypes, namesOf} from './known-hosts.ts';
import {readKnownHosts} from './read-known-hosts.ts';
import {rememberHostKey} from './remember-host-key.ts';

/** Decides about the key that a server shows, by what was known when the connection began. */
export type HostKeyCheck = {
	/** Types of the keys that are known for it. */
	types: string[];
	/** Why it is refused; undefined where it is the one that is known, or may be taken for it. */
	refusal(key: Uint8Array): NotConnected | Failure | undefined;
	/** Its fingerprint, once the server has proven that the key is its own; writes an accepted one down. */
	settle(): Promise<string>;
};

/** `host` is the name that was asked for; `accepts`: an unknown key is taken and remembered. */
export async function hostKeyCheck(
	host: string,
	configuration: Configuration,
	accepts: boolean,
): Promise<HostKeyCheck> {
	const {hostname, port, hostKeyAlias, hashKnownHosts, userKnownHostsFiles} = configuration;
	const entries = await readKnownHosts([...userKnownHostsFiles, ...configuration.globalKnownHostsFiles]);
	const names = namesOf(hostname, port, hostKeyAlias);
	let [trusted, isNew]: [Uint8Array | undefined, boolean] = [undefined, false];
	return {
		types: knownTypes(entries, names),
		refusal(key) {
			// Asked again when the keys of the connection are renewed.
			if (trusted) return Buffer.compare(trusted, key) === 0 ? undefined : swapped(host, key);
			const verdict = judgeHostKey(entries, names, key);
			if (verdict.is === 'changed' || verdict.is === 'revoked') return refused[verdict.is](host, key, verdict.entry);
			if (verdict.is === 'unknown') {
				if (verdict.authority) return certified(host, verdict.authority);
				if (!accepts) return unknown(host, names.name, key);
				isNew = true;
			}
			trusted = Buffer.from(key);
			return undefined;
		},
		async settle() {
			const [file] = userKnownHostsFiles;
			if (isNew && file) {
				try {
					await rememberHostKey(file, names.name, trusted!, hashKnownHosts);
				} catch (cause) {
					throw unwritten(host, cause as Error);
				}
				isNew = false;
			}
			return fingerprint(trusted!);
		},
	};
}

const shown = (key: Uint8Array): string => `${fingerprint(key)} (${keyType(key)})`;

const unknown = (host: string, name: string, key: Uint8Array): NotConnected =>
	new NotConnected(
		`${host}: its host key ${shown(key)} is not known for ${name}`,
		`Compare it with what the machine's administrator says, then: ssh ${commandFor(host)} once, or --accept-new`,
	);

/** As ssh takes it: a port has a flag of its own there. */
function commandFor(host: string): string {
	const [, name, port] = /^(.*[^:\]]|.*\]):(\d+)$/.exec(host) ?? [];
	if (!name || (name.includes(':') && !name.includes(']'))) return host.replace(/^ssh:/, '');
	return `-p ${port} ${name.replaceAll(/[[\]]/g, '')}`;
}

/** Exit code of a connection that is not made. */
const noConnection = 4;

/** Not tried again, unlike what may pass by itself. */
const refused = {
	changed: (host: string, key: Uint8Array, {file, line, type, key: was}: KnownHost) =>
		new Failure(
			`${host}: its host key has changed: it shows ${shown(key)}, but ${file}:${line} has ${fingerprint(was)} (${type})`,
			'Somebody may be listening, or the machine is another one. Find out which; only then correct that line.',
			noConnection,
		),
	revoked: (host: string, key: Uint8Array, {file, line}: KnownHost) =>
		new Failure(
			`${host}: its host key ${shown(key)} is revoked by ${file}:${line}`,
			'It must not be trusted. Ask the administrator of the machine for its new key.',
			noConnection,
		),
};

const certified = (host: string, {file, line}: KnownHost): NotConnected =>
	new NotConnected(
		`${host}: its host key is vouched for by a certificate authority (${file}:${line}), which this version cannot check`,
		'Host certificates come in a later version. Until then, put the host key itself into a known_hosts file.',
	);

const swapped = (host: string, key: Uint8Array): NotConnected =>
	new NotConnected(`${host}: it shows another host key than before, ${shown(key)}`, 'Somebody may be listening.');

const unwritten = (host: string, cause: Error): NotConnected =>
	new NotConnected(`${host}: its host key cannot be remembered: ${cause.message}`, 'Make that file writable.', {cause});
