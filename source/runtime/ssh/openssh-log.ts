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
		(log, [words, type]) => log.offered.push(type.endsWith('-CERT') ? `the certificate of ${words}` : words),
	],
	[
		/^debug1: Authentications that can continue: (\S+)/,
		(log, [names]) => {
			log.accepted = names.split(',');
		},
	],
	[
		/^debug1: Next authentication method: (\S+)/,
		(log, [name]) => {
			log.method = name;
		},
	],
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
	[/^Authenticated to /, () => {}],
];
