import {readFile} from 'node:fs/promises';
import type {Configuration} from '../configuration/configuration.ts';
import {authoritiesOf, knownTypes, namesOf} from '../host-keys/known-hosts.ts';
import {readKnownHosts} from '../host-keys/read-known-hosts.ts';
import {offer} from '../ssh2/algorithms.ts';
import {agentTypes} from './agent-types.ts';
import {hasValidTicket} from './kerberos-ticket.ts';

/** What lies on this machine to log in with and to know the host by, as far as the choice of a transport needs it. */
export type LoginMeans = {
	/** A Kerberos ticket, where the configuration allows it to be used. */
	hasTicket: boolean;
	/** Key files that have a certificate beside them. */
	certificates: string[];
	/** Key files whose key is on a security token. */
	securityKeys: string[];
	/** Types of the keys that the agent holds and that may be shown. */
	agentTypes: string[];
	/** FILE:LINE of the authority that vouches for the host key, where no plain key is known. */
	authority: string | undefined;
	/** What ssh2 has nothing of, in words. */
	lacking: string[];
};

/** Looks at the disk, the agent (by `list`) and the ticket cache; changes and asks nothing. */
export async function loginMeans(
	configuration: Configuration,
	env: NodeJS.ProcessEnv,
	list: typeof agentTypes = agentTypes,
): Promise<LoginMeans> {
	const {identityFiles, identityAgent, identitiesOnly} = configuration;
	const [hasTicket, kinds, held, entries] = await Promise.all([
		mayUseTicket(configuration) ? hasValidTicket(env) : false,
		Promise.all(identityFiles.map(async file => ({file, ...(await kindOf(file))}))),
		identityAgent && !identitiesOnly ? list(identityAgent) : [],
		readKnownHosts([...configuration.userKnownHostsFiles, ...configuration.globalKnownHostsFiles]),
	]);
	const names = namesOf(configuration.hostname, configuration.port, configuration.hostKeyAlias);
	const authority = knownTypes(entries, names).length > 0 ? undefined : authoritiesOf(entries, names)[0];
	return {
		hasTicket,
		certificates: kinds.filter(kind => kind.hasCertificate).map(({file}) => file),
		securityKeys: kinds.filter(kind => kind.isOnToken).map(({file}) => file),
		agentTypes: held,
		authority: authority && `${authority.file}:${authority.line}`,
		lacking: lackingOf(configuration),
	};
}

/** Some distributions allow it everywhere. */
function mayUseTicket({usesGssapi, options}: Configuration): boolean {
	const preferred = options.get('preferredauthentications')?.[0];
	return usesGssapi && (preferred === undefined || preferred.includes('gssapi'));
}

async function kindOf(file: string): Promise<{hasCertificate: boolean; isOnToken: boolean}> {
	const files = [textOf(file), textOf(`${file}.pub`), textOf(`${file}-cert.pub`)] as const;
	const [own, half, certificate] = await Promise.all(files);
	return {
		hasCertificate: certificate.includes('-cert-v'),
		isOnToken: own !== '' && (/^sk-/.test(half) || /^sk-/.test(own) || isPrivateTokenKey(own)),
	};
}

const textOf = (file: string): Promise<string> => readFile(file, 'latin1').catch(() => '');

/** The type of the public half stands in it in plain, encrypted or not (PROTOCOL.key of OpenSSH). */
function isPrivateTokenKey(text: string): boolean {
	const [, body] = /^-----BEGIN OPENSSH PRIVATE KEY-----\s+([A-Za-z0-9+/=\s]+)-----END/.exec(text) ?? [];
	return body !== undefined && /sk-(ssh|ecdsa)-/.test(Buffer.from(body, 'base64').toString('latin1', 0, 512));
}

function lackingOf({allowed}: Configuration): string[] {
	try {
		offer(allowed, []);
		return [];
	} catch (error) {
		return [`of what its SSH configuration allows, ssh2 knows nothing: ${(error as Error).message}`];
	}
}
