import type {Transport} from '../hosts/shell.ts';
import type {LoginMeans} from './authentication/login-means.ts';
import type {Configuration} from './configuration/configuration.ts';

export type Choice = {name: Transport['name']; why: string};

/** What a choice is made of: a host, or a machine on the way to it. */
export type Machine = {name: string; configuration: Configuration; means: LoginMeans};

/** `host` is reached over `jumps`. Null where ssh2 was asked for and cannot: then `why` says so. */
export function chooseTransport(
	host: Machine,
	jumps: Machine[],
	wanted: Transport['name'] | undefined,
): Choice | {name: null; why: string} {
	if (wanted === 'openssh') return {name: wanted, why: 'it was asked for (--transport)'};
	const all = reasonsOf(host);
	for (const jump of jumps) {
		for (const reason of reasonsOf(jump)) all.push({...reason, why: `on the way, of ${jump.name}, ${reason.why}`});
	}
	if (wanted === 'ssh2') {
		const obstacle = all.find(reason => reason.isObstacle);
		return obstacle ? {name: null, why: obstacle.why} : {name: wanted, why: 'it was asked for (--transport)'};
	}
	const [first] = all;
	return first
		? {name: 'openssh', why: first.why}
		: {name: 'ssh2', why: 'nothing in its SSH configuration needs more than that'};
}

/** Why the system's client is needed; without it an obstacle would lead to another machine, or trust another key. */
type Reason = {why: string; isObstacle: boolean};

function reasonsOf({configuration, means}: Machine): Reason[] {
	const {options, beyond} = configuration;
	const isSet = (key: string, usual: RegExp) => !usual.test(options.get(key)?.[0] ?? '');
	const obstacles = [
		...beyond.map(setting => `its SSH configuration sets ${setting}`),
		...needs
			.filter(({key, usual}) => isSet(key, usual))
			.map(({key, name}) => `its SSH configuration sets ${name} ${options.get(key)![0]}`),
		...means.lacking,
		...(means.authority ? [`only a certificate authority vouches for its host key (${means.authority})`] : []),
	];
	const advantages = [
		...(means.hasTicket ? ['there is a Kerberos ticket, and its SSH configuration allows GSSAPI'] : []),
		...means.certificates.map(file => `${file} has a certificate beside it`),
		...means.securityKeys.map(file => `${file} is a key on a security token`),
		...means.agentTypes.flatMap(type => agentReasons.find(([pattern]) => pattern.test(type))?.[1] ?? []),
		...(isSet('hostbasedauthentication', /^(no|false|)$/)
			? ['its SSH configuration sets HostbasedAuthentication']
			: []),
	];
	return [
		...obstacles.map(why => ({why, isObstacle: true})),
		...[...new Set(advantages)].map(why => ({why, isObstacle: false})),
	];
}

/** Options that ssh2 has no counterpart of, with the values that ask for nothing. */
const needs = [
	{key: 'verifyhostkeydns', name: 'VerifyHostKeyDNS', usual: /^(no|false|)$/},
	{key: 'securitykeyprovider', name: 'SecurityKeyProvider', usual: /^(internal|none|)$/},
];

const agentReasons: [RegExp, string][] = [
	[/-cert-/, 'the agent holds a certificate'],
	[/^sk-/, 'the agent holds a key on a security token'],
];
