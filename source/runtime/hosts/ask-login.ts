import type {HostName} from '../../core/run/host.ts';
import type {LoginQuestion, LoginSecret, UnknownKey} from '../../core/run/login-question.ts';

type Of<Q> = Extract<LoginQuestion, {kind: Q extends {kind: infer K} ? K : never}>;

/** Something to know while a login is under way. */
export type LoginNotice = {
	host: HostName;
	/** Who says it, where that is a jump host: as `user@name:port`. */
	machine?: string;
	/** A few lines of bounded length, filtered. */
	lines: string[];
	/** Where the login waits for somebody to act elsewhere: gives it up. */
	leave?(): void;
};

/** Whoever answers what a login asks: a person at the screen or at a prompt, or nobody. */
export type AskLogin = {
	/** Whether an unknown host key is taken and remembered. False where nobody is there to say so. */
	trusts(question: Of<UnknownKey>, signal: AbortSignal): Promise<boolean>;
	/** What was typed; the caller wipes it. Undefined where nobody is there, or whoever is does not want to. */
	tell(question: Of<LoginSecret>, signal: AbortSignal): Promise<Uint8Array | undefined>;
	/** Something that was typed has to be masked wherever it shows up later: a password, no one-time code. Keeps a copy. */
	mask?(secret: Uint8Array): void;
	/** What the server says, or that it waits; `over` once the notice says nothing any more. */
	notice?(notice: LoginNotice, over: AbortSignal): void;
};

/** Nobody is there. */
export const nobody: AskLogin = {
	trusts: async () => false,
	tell: async () => undefined,
};
