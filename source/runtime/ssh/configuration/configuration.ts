/** What ssh_config says of a host, as `ssh -G` tells it. */
export type Configuration = {
	hostname: string;
	port: number;
	user: string;
	/** Paths of private keys in the order in which they are tried; of keys in the agent also public ones. */
	identityFiles: string[];
	identitiesOnly: boolean;
	/** Path of the agent's socket. */
	identityAgent?: string;
	userKnownHostsFiles: string[];
	globalKnownHostsFiles: string[];
	hostKeyAlias?: string;
	hashKnownHosts: boolean;
	/** `yes`, `no`, `ask` or `accept-new`. */
	strictHostKeyChecking: string;
	/** Path of a list of keys that no host may show: public keys, or a KRL. */
	revokedHostKeys?: string;
	/** Nobody is to be asked. */
	batchMode: boolean;
	/** Ways to log in, the first to try first: `publickey`, `keyboard-interactive`, `password`; no other, none that is off. */
	methods: Method[];
	/** How often a password is asked, and how often the server's own questions are. */
	passwordPrompts: number;
	/** Path of the socket of the agent that the host may use. */
	forwardedAgent?: string;
	/** Seconds. */
	connectTimeout?: number;
	/** Seconds, and how many may stay without an answer; 0: none. */
	serverAliveInterval: number;
	serverAliveCountMax: number;
	/** 4 or 6 where only one of them may be used. */
	family?: 4 | 6;
	bindAddress?: string;
	/** Name of a network interface. */
	bindInterface?: string;
	/** The machines on the way to it, as `[user@]host[:port]`, the nearest first. */
	proxyJump: string[];
	/** What `proxyJump` means, resolved; `parseConfiguration` leaves it empty. */
	jumps: Jump[];
	/** Names of algorithms that may be used. */
	allowed: {kex: string[]; cipher: string[]; hmac: string[]; serverHostKey: string[]};
	usesGssapi: boolean;
	/** Options that are set and that this version cannot follow, as `Option value`. */
	beyond: string[];
	/** Every option as `ssh -G` prints it, by its name in lower case. */
	options: ReadonlyMap<string, string[]>;
};

export type Method = (typeof known)[number];

/** A machine that the connection to a host leads through. */
export type Jump = {name: string; configuration: Configuration};

export type Here = {
	/** The name that was asked for. */
	host: string;
	/** Of the local user, from the password database: the variable HOME is nothing to ssh. */
	home: string;
	user: string;
	uid: number;
	env: NodeJS.ProcessEnv;
};

/** Reads the output of `ssh -G`. Throws RangeError where it lacks the name, the port or the user. */
export function parseConfiguration(text: string, here: Here): Configuration {
	const options = optionsOf(text);
	const one = (key: string): string | undefined => without(options.get(key)?.[0], 'none');
	const list = (key: string): string[] => one(key)?.split(',') ?? [];
	const [hostname, user, port] = [one('hostname'), one('user'), Number(one('port'))];
	if (!hostname || !user || !(port >= 1 && port <= 65535)) throw new RangeError('ssh -G names no host, port or user');
	const hostKeyAlias = one('hostkeyalias');
	const tokens = tokensOf({hostname, user, port, hostKeyAlias}, here);
	const paths = (files: string[]) => files.filter(file => file !== 'none').map(file => expand(file, tokens, here));
	const timeout = Number(one('connecttimeout'));
	const family = {inet: 4, inet6: 6}[one('addressfamily') ?? ''] as 4 | 6 | undefined;
	const agent = agentOf(options.get('identityagent')?.[0], paths, here.env);
	const forwarded = forwardedOf(one('forwardagent'), agent, paths, here.env);
	const isOn = (key: string): boolean => !/^(no|false)$/.test(one(key) ?? 'yes');
	const prompts = Number(one('numberofpasswordprompts') ?? 3);
	return {
		hostname,
		port,
		user,
		identityFiles: paths(options.get('identityfile') ?? []),
		identitiesOnly: one('identitiesonly') === 'yes',
		...(agent && {identityAgent: agent}),
		userKnownHostsFiles: paths(severalPaths(options.get('userknownhostsfile')?.[0])),
		globalKnownHostsFiles: paths(severalPaths(options.get('globalknownhostsfile')?.[0])),
		...(hostKeyAlias && {hostKeyAlias}),
		hashKnownHosts: one('hashknownhosts') === 'yes',
		strictHostKeyChecking: switches[one('stricthostkeychecking') ?? ''] ?? one('stricthostkeychecking') ?? 'ask',
		...(one('revokedhostkeys') && {revokedHostKeys: paths([one('revokedhostkeys')!])[0]!}),
		batchMode: one('batchmode') === 'yes',
		methods: methodsOf(one('preferredauthentications'), isOn),
		passwordPrompts: prompts >= 0 ? prompts : 3,
		...(forwarded && {forwardedAgent: forwarded}),
		...(timeout > 0 && {connectTimeout: timeout}),
		serverAliveInterval: Number(one('serveraliveinterval') ?? 0) || 0,
		serverAliveCountMax: Number(one('serveralivecountmax') ?? 3) || 0,
		...(family && {family}),
		...(one('bindaddress') && {bindAddress: one('bindaddress')!}),
		...(one('bindinterface') && {bindInterface: one('bindinterface')!}),
		proxyJump: list('proxyjump').map(jump => expand(jump, tokens, here)),
		jumps: [],
		allowed: {
			kex: list('kexalgorithms'),
			cipher: list('ciphers'),
			hmac: list('macs'),
			serverHostKey: list('hostkeyalgorithms'),
		},
		usesGssapi: one('gssapiauthentication') === 'yes',
		beyond: Object.entries(beyond).flatMap(([key, name]) => (one(key) ? [`${name} ${one(key)}`] : [])),
		options,
	};
}

/** What no attempt is made at, since leaving it out would reach another machine or trust another key. */
const beyond: Record<string, string> = {
	proxycommand: 'ProxyCommand',
	certificatefile: 'CertificateFile',
	pkcs11provider: 'PKCS11Provider',
	knownhostscommand: 'KnownHostsCommand',
};

/** `ssh -G` prints the first word that it knows for a value. */
const switches: Record<string, string> = {true: 'yes', false: 'no', off: 'no'};

/** In the order of OpenSSH. */
const known = ['publickey', 'keyboard-interactive', 'password'] as const;

function methodsOf(preferred: string | undefined, isOn: (key: string) => boolean): Method[] {
	const options = {
		publickey: 'pubkeyauthentication',
		'keyboard-interactive': 'kbdinteractiveauthentication',
		password: 'passwordauthentication',
	};
	const wanted = preferred === undefined ? known : preferred.split(',').map(name => name.trim());
	return wanted.flatMap(name => known.filter(method => method === name && isOn(options[method])));
}

function optionsOf(text: string): Map<string, string[]> {
	const options = new Map<string, string[]>();
	for (const line of text.split('\n')) {
		const [, key, value] = /^(\S+) (.*)$/.exec(line) ?? [];
		if (key) options.set(key.toLowerCase(), [...(options.get(key.toLowerCase()) ?? []), value!]);
	}
	return options;
}

/** `ssh -G` prints several paths on a line and quotes none: what does not begin like a path goes on with the one before. */
function severalPaths(line = ''): string[] {
	return line.split(/ (?=[/~$%]|none\b)/).filter(Boolean);
}

function agentOf(
	option: string | undefined,
	paths: (files: string[]) => string[],
	env: NodeJS.ProcessEnv,
): string | undefined {
	if (option === undefined || option === 'SSH_AUTH_SOCK') return env['SSH_AUTH_SOCK'];
	if (option === 'none') return undefined;
	const variable = /^\$(\w+)$/.exec(option)?.[1];
	return variable ? env[variable] : paths([option])[0];
}

/** As ssh has it: `yes` is the agent that is asked for keys; else a socket, or a variable that names one. */
function forwardedOf(
	option: string | undefined,
	agent: string | undefined,
	paths: (files: string[]) => string[],
	env: NodeJS.ProcessEnv,
): string | undefined {
	if (option === undefined || option === 'no') return undefined;
	return option === 'yes' ? agent : agentOf(option, paths, env);
}

const without = (value: string | undefined, none: string) => (value === none || value === '' ? undefined : value);

type Tokens = Record<string, string>;

/** ssh_config(5), TOKENS: those that name a key's file in practice. */
function tokensOf(
	{
		hostname,
		user,
		port,
		hostKeyAlias,
	}: {hostname: string; user: string; port: number; hostKeyAlias?: string | undefined},
	here: Here,
): Tokens {
	const {host, home, uid} = here;
	const own = {'%': '%', d: home, i: String(uid), u: here.user};
	return {...own, h: hostname, n: host, p: String(port), r: user, k: hostKeyAlias ?? host};
}

function expand(path: string, tokens: Tokens, {home, env}: Here): string {
	return path
		.replace(/^~(?=\/|$)/, () => home)
		.replaceAll(/\$\{(\w+)\}/g, (all, name) => env[name] ?? all)
		.replaceAll(/%(.)/g, (all, token) => tokens[token] ?? all);
}
