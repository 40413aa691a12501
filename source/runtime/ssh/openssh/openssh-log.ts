/** What the log of an ssh client (LogLevel DEBUG1) has said of a login. */
export type LoginLog = {
	/** Its version, as it names itself. */
	version: string;
	/** The host key that was shown, as its plain type and fingerprint. */
	hostKey?: {type: string; fingerprint: string};
	/** The authority that vouches for it. */
	isCertified: boolean;
	kex: string;
	cipher: string;
	/** Keys that were shown, by their files or what the agent calls them, and whether the last was taken. */
	offered: string[];
	/** The key that the server would take, until something comes of it. */
	wanted: string;
	/** Keys that the server would take, and that were not opened. */
	locked: Set<string>;
	/** What else was of no use, and why. */
	unused: Set<string>;
	/** What the server would take, as it said last. */
	accepted: string[];
	/** The way of logging in that is under way. */
	method: string;
	/** Commands can be run. */
	isUp: boolean;
	/** What is for people to read. */
	complaints: string[];
	/** A Kerberos ticket is missing, in the words of its library. */
	ticket: string;
};

export const emptyLog = (): LoginLog => ({
	version: '',
	isCertified: false,
	kex: '',
	cipher: '',
	offered: [],
	wanted: '',
	locked: new Set(),
	unused: new Set(),
	accepted: [],
	method: '',
	isUp: false,
	complaints: [],
	ticket: '',
});

/** Takes a line of it. */
export function readLog(log: LoginLog, line: string): void {
	for (const [pattern, take] of patterns) {
		const found = pattern.exec(line);
		if (found) return take(log, found.slice(1) as [string, string]);
	}
	if (!/^debug\d: /.test(line) && log.complaints.length < most) log.complaints.push(line);
}

/** Lines of complaints that are kept. */
const most = 40;

const patterns: [RegExp, (log: LoginLog, words: [string, string]) => void][] = [
	[
		/^debug1: Server host key: (\S+) (SHA256:\S+)/,
		(log, [type, fingerprint]) => {
			log.hostKey = {type, fingerprint};
		},
	],
	[
		/^debug1: Server host certificate: (\S+) (SHA256:[^\s,]+)/,
		(log, [type, fingerprint]) => {
			// The fingerprint is that of the plain key in it.
			log.hostKey = {type: type.replace(/-cert-v0\d@openssh\.com$/, ''), fingerprint};
		},
	],
	[
		/^debug1: Host '.*' is known and matches the \S+-CERT host certificate/,
		log => {
			log.isCertified = true;
		},
	],
	[
		/^debug1: kex: algorithm: (\S+)/,
		(log, [name]) => {
			log.kex = name;
		},
	],
	[
		/^debug1: kex: server->client cipher: (\S+)/,
		(log, [name]) => {
			log.cipher = name;
		},
	],
	[
		/^debug1: Local version string SSH-2\.0-(\S+)/,
		(log, [name]) => {
			log.version = name;
		},
	],
	[
		/^debug1: Offering public key: (.*) (\S+) SHA256:/,
		(log, [words, type]) => {
			leaveKey(log);
			log.offered.push(type.endsWith('-CERT') ? `the certificate of ${words}` : words);
		},
	],
	[
		/^debug1: Server accepts key: (.*) \S+ SHA256:/,
		(log, [words]) => {
			log.wanted = words;
		},
	],
	[
		/^Permissions \d+ for '(.*)' are too open/,
		(log, [file]) => {
			log.wanted = '';
			log.unused.add(`${file} may be read by others (chmod 600 ${file})`);
		},
	],
	[
		/^sign_and_send_pubkey: signing failed for \S+ "(.*)"(?: from agent)?: (.*)/,
		(log, [words, why]) => {
			log.wanted = '';
			log.unused.add(`${words} (${why})`);
		},
	],
	[
		/^debug1: (?:get_agent_identities|pubkey_prepare): ssh_get_authentication_socket: (.*)/,
		(log, [why]) => log.unused.add(`the agent cannot be reached (${why})`),
	],
	[
		/^debug1: Authentications that can continue: (\S+)/,
		(log, [names]) => {
			log.wanted = '';
			log.accepted = names.split(',');
		},
	],
	[
		/^debug1: Next authentication method: (\S+)/,
		(log, [name]) => {
			leaveKey(log);
			log.method = name;
		},
	],
	[/^debug1: No more authentication methods to try/, leaveKey],
	[
		/^debug1: Entering interactive session/,
		log => {
			log.isUp = true;
		},
	],
	[
		/(No Kerberos credentials available.*|.*credentials? (?:cache|have|has) .*)/i,
		(log, [words]) => {
			log.ticket ||= words;
		},
	],
	[/^Authenticated (to|using) /, () => {}],
];

/** What the server would take was not signed with. */
function leaveKey(log: LoginLog): void {
	if (log.wanted) log.locked.add(log.wanted);
	log.wanted = '';
}
