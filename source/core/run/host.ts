// What the core knows of hosts: plain data that the runtime reports.

export type HostName = string;
export type TaskId = string;

/** Which machine it is: compared at every connection, so that a run never goes on elsewhere. */
export type Identity = {
	/** /etc/machine-id; empty where the host has none. */
	machineId: string;
	/** SHA-256 fingerprint of the host key; empty for hosts without one. */
	hostKey: string;
	/** What the machine calls itself. */
	ownName: string;
};

/** What is learned whenever a connection stands. */
export type Meeting = {identity: Identity; bootId: string; facts: Record<string, string>};

/** What a host says of a task; the only truth about it. */
export type TaskReport =
	| {is: 'none'}
	| {is: 'running'; bytes: number}
	/**
	 * `exit` as a shell has it: 128 + the number of the signal where one ended it. `sudoRefused`: the password that it was
	 * given for sudo was wrong.
	 */
	| {is: 'ended'; exit: number; bytes: number; sudoRefused?: true}
	/** Nobody knows how it ended; `alive`: processes of it are still at work. */
	| {is: 'lost'; rebooted: boolean; alive: boolean}
	/** It certainly never ran: the host refused the start. */
	| {is: 'not-started'; why: string}
	| {is: 'cannot-tell'; why: string};

/** Why a task ended; the first cause wins. */
export type Cause = 'exit' | 'timeout' | 'cancelled' | 'killed' | 'disconnected' | 'rebooted';

/** What sudo wants of `user`: nothing, a password (which it took, or did not), or it does nothing for them at all: `why`. */
export type SudoAnswer = {is: 'free' | 'password' | 'none' | 'accepted' | 'refused'; user: string; why?: string};

export type LockOwner = {owner: string; run: string; since: string};
