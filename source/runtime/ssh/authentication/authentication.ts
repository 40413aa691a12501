import type {AnyAuthMethod, AuthHandlerMiddleware} from 'ssh2';
import type {Method} from '../configuration/configuration.ts';
import {keyWay} from './key-way.ts';
import type {Login, Way} from './login-way.ts';
import {passwordWay} from './password-way.ts';
import {promptWay} from './prompt-way.ts';

/** The ways to show who logs in, one after another, and what came of them. */
export type Authentication = {
	handler: AuthHandlerMiddleware;
	/** What the server said to the last attempt: what it takes now, and whether that attempt is a part of what it wants. */
	refused(left: string[], isPartial: boolean): void;
	/** The server let in who asked, or the login is over. */
	end(isIn: boolean): void;
	/** What was tried and what could not be, for the line that says why nobody was let in. */
	account(): Account;
};

export type Account = {
	tried: string[];
	unused: string[];
	/** What the server takes, or took last. */
	accepted: string[];
	isPartial: boolean;
	isNobody: boolean;
	/** Somebody has answered something that the server refused. */
	isAnswered: boolean;
};

/** In the order of the configuration, those that the server takes. */
export async function authentication(login: Login): Promise<Authentication> {
	const {configuration, interview, passwords, over, leave} = login;
	const {methods, user} = configuration;
	const keys = methods.includes('publickey') ? await keyWay(login) : {unused: [], next: async () => undefined};
	const ways: Record<Method, Way> = {
		publickey: keys,
		'keyboard-interactive': promptWay(login),
		password: passwordWay(login),
	};
	const tried: string[] = [];
	let left: string[] | undefined;
	let current: Way | undefined;
	let [isPartial, isAnswered] = [false, false];

	async function next(): Promise<AnyAuthMethod | false> {
		current = undefined;
		for (const name of methods) {
			// What the server takes is not known yet; a key costs no question.
			if (!left && name !== 'publickey') break;
			if (left && !left.includes(name)) continue;
			const attempt = await ways[name].next();
			if (!attempt) continue;
			current = ways[name];
			tried.push(attempt.words);
			return attempt.method;
		}
		return left ? false : {type: 'none', username: user};
	}

	return {
		handler(_left, _isPartial, give) {
			next().then(method => {
				if (over.aborted) return;
				give(method as AnyAuthMethod);
				if (isPartial || current === ways.password) interview.confirmation.begin();
			}, leave);
		},
		refused(stays, isPart) {
			left = stays;
			isPartial ||= isPart;
			interview.confirmation.pause();
			isAnswered ||= current !== undefined && current !== keys && !isPart;
			current?.settle?.(isPart);
		},
		end: isIn => passwords.end(isIn),
		account: () => ({
			tried,
			unused: keys.unused,
			accepted: left ?? [],
			isPartial,
			isNobody: interview.isNobody,
			isAnswered,
		}),
	};
}
