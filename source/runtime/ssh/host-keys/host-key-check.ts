import {Failure} from '../../../core/text/failure.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {Interview} from '../authentication/interview.ts';
import type {Remembered} from '../authentication/login-memory.ts';
import type {Machine} from '../ssh2/log-in.ts';
import {fingerprint, keyType} from './fingerprint.ts';
import {judgeHostKey, type KnownHost, knownTypes, namesOf} from './known-hosts.ts';
import {readKnownHosts} from './read-known-hosts.ts';
import {rememberHostKey} from './remember-host-key.ts';
import {isRevoked} from './revoked-keys.ts';

/** Decides about the key that a server shows, by what was known when the connection began. */
export type HostKeyCheck = {
	/** Types of the keys that are known for it. */
	types: string[];
	/** Why it is refused; undefined where it is the one that is known, or may be taken for it. Throws `NotConnected`. */
	refusal(key: Uint8Array): Promise<NotConnected | Failure | undefined>;
	/** Its fingerprint, once the server has proven that the key is its own; writes an accepted one down. */
	settle(): Promise<string>;
};

/** An unknown key is taken when the operator said so beforehand, or a person does now; never by the configuration alone. */
export async function hostKeyCheck(
	{label, name: asked, configuration, acceptsNew}: Machine,
	interview: Interview,
	remembered: Remembered,
): Promise<HostKeyCheck> {
	const {hostname, port, hostKeyAlias, hashKnownHosts, userKnownHostsFiles, revokedHostKeys} = configuration;
	const entries = await readKnownHosts([...userKnownHostsFiles, ...configuration.globalKnownHostsFiles]);
	const names = namesOf(hostname, port, hostKeyAlias);
	let [trusted, isNew]: [Uint8Array | undefined, boolean] = [undefined, false];

	async function refusal(key: Uint8Array): Promise<NotConnected | Failure | undefined> {
		if (revokedHostKeys && (await isRevoked(label, revokedHostKeys, key)))
			return refused.listed(label, key, revokedHostKeys);
		const verdict = judgeHostKey(entries, names, key);
		if (verdict.is === 'changed' || verdict.is === 'revoked') return refused[verdict.is](label, key, verdict.entry);
		if (verdict.is !== 'unknown') return undefined;
		isNew = true;
		if (remembered.hostKey && isSame(remembered.hostKey, key)) return undefined;
		if (remembered.hasStood) return other(label, key);
		if (verdict.authority) return certified(label, verdict.authority);
		if (configuration.strictHostKeyChecking === 'yes') return forbidden(label, names.name, key);
		if (acceptsNew) return undefined;
		const question = {kind: 'host-key', name: names.name, type: keyType(key), fingerprint: fingerprint(key)} as const;
		return (await interview.trusts(question)) ? undefined : unknown(label, asked, names.name, key);
	}

	return {
		types: knownTypes(entries, names),
		async refusal(key) {
			// Asked again when the keys of the connection are renewed.
			if (trusted) return isSame(trusted, key) ? undefined : swapped(label, key);
			const shown = Buffer.from(key);
			const why = await refusal(shown);
			if (!why) {
				trusted = shown;
				remembered.hostKey = shown;
			}
			return why;
		},
		async settle() {
			const [file] = userKnownHostsFiles;
			if (isNew && file) {
				try {
					await rememberHostKey(file, names.name, trusted!, hashKnownHosts);
				} catch (cause) {
					throw unwritten(label, cause as Error);
				}
				isNew = false;
			}
			remembered.hasStood = true;
			return fingerprint(trusted!);
		},
	};
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
const shown = (key: Uint8Array): string => `${fingerprint(key)} (${keyType(key)})`;

const unknown = (label: string, asked: string, name: string, key: Uint8Array): NotConnected =>
	new NotConnected(
		`${label}: its host key ${shown(key)} is not known for ${name}`,
		`Compare it with what the machine's administrator says, then: ssh ${commandFor(asked)} once, or --accept-new`,
	);

const forbidden = (label: string, name: string, key: Uint8Array): Failure =>
	new Failure(
		`${label}: its host key ${shown(key)} is not known for ${name}, and StrictHostKeyChecking yes takes no unknown one`,
		'Put the key that the administrator of the machine names into a known_hosts file, or take that option away.',
		noConnection,
	);

/** A key that is unknown where another one was trusted before: another machine. */
const other = (label: string, key: Uint8Array): Failure =>
	new Failure(
		`${label}: it shows another host key than before, ${shown(key)}, which nobody knows`,
		'Somebody may be listening, or another machine answers now. Find out which.',
		noConnection,
	);

/** As ssh takes it: a port has a flag of its own there. */
function commandFor(host: string): string {
	if (host.startsWith('ssh://')) return host;
	const [, name, port] = /^(.*[^:\]]|.*\]):(\d+)$/.exec(host) ?? [];
	if (!name || (name.includes(':') && !name.includes(']'))) return host.replace(/^ssh:/, '');
	return `-p ${port} ${name.replaceAll(/[[\]]/g, '')}`;
}

/** Exit code of a connection that is not made. */
const noConnection = 4;

const distrust = 'It must not be trusted. Ask the administrator of the machine for its new key.';

/** Not tried again, unlike what may pass by itself. */
const refused = {
	changed: (host: string, key: Uint8Array, {file, line, type, key: was}: KnownHost) =>
		new Failure(
			`${host}: its host key has changed: it shows ${shown(key)}, but ${file}:${line} has ${fingerprint(was)} (${type})`,
			'Somebody may be listening, or the machine is another one. Find out which; only then correct that line.',
			noConnection,
		),
	revoked: (host: string, key: Uint8Array, {file, line}: KnownHost) =>
		new Failure(`${host}: its host key ${shown(key)} is revoked by ${file}:${line}`, distrust, noConnection),
	listed: (host: string, key: Uint8Array, file: string) =>
		new Failure(`${host}: its host key ${shown(key)} is revoked by ${file}`, distrust, noConnection),
};

const certified = (host: string, {file, line}: KnownHost): NotConnected =>
	new NotConnected(
		`${host}: its host key is vouched for by a certificate authority (${file}:${line}), which ssh2 cannot check`,
		'Let the ssh program connect, --transport openssh, or put the host key itself into a known_hosts file.',
	);

const swapped = (host: string, key: Uint8Array): NotConnected =>
	new NotConnected(`${host}: it shows another host key than before, ${shown(key)}`, 'Somebody may be listening.');

const unwritten = (host: string, cause: Error): NotConnected =>
	new NotConnected(`${host}: its host key cannot be remembered: ${cause.message}`, 'Make that file writable.', {cause});
