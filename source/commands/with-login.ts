import {type AskLogin, nobody} from '../runtime/hosts/ask-login.ts';
import {Prompt} from '../views/plain/prompt.ts';
import {Failure, type Io} from './command.ts';
import {promptLogin} from './prompt-login.ts';
import {isAttended} from './surroundings.ts';

/**
 * Gives a command that only looks at hosts whom to ask what a login asks: the person at the terminal, where there is one.
 * ctrl-c leaves (exit code 3).
 */
export async function withLogin<T>(
	io: Io,
	isJson: boolean,
	look: (asks: AskLogin, signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const leaving = new AbortController();
	const leave = () => leaving.abort();
	const person = isAttended(io, isJson) ? personAt(io) : undefined;
	process.once('SIGINT', leave);
	try {
		return await look(person?.asks ?? nobody, leaving.signal);
	} catch (error) {
		throw leaving.signal.aborted ? new Failure('Left before the host had answered', 'Try it again.', 3) : error;
	} finally {
		process.off('SIGINT', leave);
		person?.close();
	}
}

/** The terminal is touched only once something is asked. */
function personAt(io: Io): {asks: AskLogin; close(): void} {
	let prompt: Prompt | undefined;
	const login = (): AskLogin => {
		prompt ??= new Prompt(io.stdin, io.stdout);
		return promptLogin(prompt);
	};
	const asks: AskLogin = {
		trusts: (question, signal) => login().trusts(question, signal),
		tell: (question, signal) => login().tell(question, signal),
		notice: (notice, over) => login().notice?.(notice, over),
	};
	return {asks, close: () => prompt?.close()};
}
