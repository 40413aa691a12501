/**
 * What a connection has to offer for tasks, facts and gauges: commands with their streams.
 * Local processes, ssh2 and the system's OpenSSH each provide one.
 */
export type Shell = {
	readonly kind: 'local' | 'ssh';
	/** Connects, or connects again. Throws `NotConnected`. */
	connect(signal: AbortSignal): Promise<{hostKey: string}>;
	/**
	 * Starts a command; no word of it holds a quote, a backslash, `!` or a newline, so that single quotes serve
	 * every login shell. `yields` is called where another command has no room: it may
	 * let this one end. Throws `LinkLost` where there is no connection.
	 */
	open(command: string[], stdin: AsyncIterable<Uint8Array>, yields?: () => void): Promise<Channel>;
	/** Once a connection stands: how it is reached, and why so. */
	transport?(): Transport | undefined;
	/** Tells when a connection begins to stand, and when it is gone and why. */
	onLink(listener: LinkListener): () => void;
	close(): Promise<void>;
};

/** How a host is reached: `ssh2` is in this process, `openssh` the system's client. */
export type Transport = {
	name: 'ssh2' | 'openssh';
	/** Why this one: one sentence. */
	why: string;
	/** Further facts for whoever probes the host: the cipher, whether native code is in use. */
	notes: string[];
};

/** A command under way. Streams that are not read hold it up; they end when the command has, or the connection. */
export type Channel = {
	stdout: AsyncIterable<Uint8Array>;
	stderr: AsyncIterable<Uint8Array>;
	/** `lost` where no exit status came: never success. */
	ended: Promise<{exit: number} | 'lost'>;
	/** Ends this side of it; what it started on the host may go on. */
	kill(): void;
};

/** `why` where the connection is gone. */
export type LinkListener = (isUp: boolean, why?: string) => void;
