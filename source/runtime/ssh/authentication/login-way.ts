import type {AnyAuthMethod} from 'ssh2';
import type {Configuration} from '../configuration/configuration.ts';
import type {KeysOf} from './agent-keys.ts';
import type {Interview} from './interview.ts';
import type {LoginMemory} from './login-memory.ts';
import type {PasswordSlot} from './password-slot.ts';

/** One method of logging in (publickey, password ...): its attempts, one after another. */
export type Way = {
	/** Undefined where there is none left. */
	next(): Promise<Attempt | undefined>;
	/** What the server said to the last one. */
	settle?(isAccepted: boolean): void;
};

/** `words` name it to whoever was not let in. */
export type Attempt = {words: string; method: AnyAuthMethod};

/** What the ways to log in on a machine share. */
export type Login = {
	library: typeof import('ssh2');
	configuration: Configuration;
	interview: Interview;
	memory: LoginMemory;
	/** The keys that an agent holds, asked once a connect. */
	keysOf: KeysOf;
	passwords: PasswordSlot;
	/** Aborted when the connection has gone: nothing can be sent any more. */
	over: AbortSignal;
	/** Ends the login for this reason. */
	leave(why: Error): void;
	/** The error of a login that its person has left. */
	left(): Error;
};
