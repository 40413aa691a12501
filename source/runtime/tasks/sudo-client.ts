import type {SudoAnswer} from '../../core/run/host.ts';
import {visibleLine} from '../../core/text/filter.ts';
import type {Host} from '../hosts/host.ts';
import {requestLine} from '../hosts/request.ts';
import type {Shell} from '../hosts/shell.ts';
import {answered, ask} from './task-protocol.ts';

/** What sudo wants of the user on a host, by its supervisor. */
export function sudoClient(shell: Shell): Required<Pick<Host, 'askSudo' | 'trySudo'>> {
	return {
		askSudo: async () => parseAnswer(await requestLine(shell, ask('ask_sudo'))),
		async trySudo(password) {
			return parseAnswer(await requestLine(shell, ask('try_password', [password.length], [password])));
		},
	};
}

function parseAnswer(line: string): SudoAnswer {
	const [, is, user, why] = /^sudo (free|password|none|accepted|refused) (\S+) ?(.*)$/.exec(answered(line)) ?? [];
	if (user === undefined) throw new RangeError('The host did not say what sudo wants');
	return {is: is as SudoAnswer['is'], user: visibleLine(user), ...(why && {why: visibleLine(why).slice(0, 300)})};
}
