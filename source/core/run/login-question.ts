// What a connection asks of a person before a host lets them in. What is answered is never recorded, only that it was.
import type {HostName} from './host.ts';

/**
 * `host` is the host of the run; `machine` says who asks, as `user@name:port`, where it is a jump host on the way to it.
 * Words of a server are hostile: they are filtered where they are shown.
 */
export type LoginQuestion = {host: HostName; machine?: string} & (UnknownKey | LoginSecret);

/** May this host key be trusted and remembered? */
export type UnknownKey = {
	kind: 'host-key';
	/** The name that it would be known by, as known_hosts has it. */
	name: string;
	/** `ssh-ed25519`, `ssh-rsa` ... */
	type: string;
	/** `SHA256:...` */
	fingerprint: string;
};

/** `refused` counts the answers that were given to the same question before and not accepted. */
export type LoginSecret = {refused: number} & (
	| {kind: 'passphrase'; file: string}
	| {kind: 'password'; user: string}
	/** A question of the server's own (keyboard-interactive: a code, a new password ...). */
	| {kind: 'prompt'; user: string; title: string; instruction: string; prompt: string; isShown: boolean}
);
