import {visibleLine} from '../../core/text/filter.ts';
import {NotConnected} from '../hosts/host.ts';
import type {Authentication} from './authentication.ts';
import type {Configuration} from './configuration.ts';

type Account = ReturnType<Authentication['account']>;

/** Says why there is a server, and nevertheless no login. */
export function handshakeFailure(
	host: string,
	configuration: Configuration,
	account: Account,
	cause: Error & {level?: string; code?: unknown},
): NotConnected {
	const {hostname, port, user} = configuration;
	const place = `${hostname}, port ${port}`;
	// Words of the server are in it.
	const no = (what: string, hint: string) => new NotConnected(`${host}: ${brief(what)}`, hint, {cause});
	if (cause.level === 'client-authentication' || /too many authentication failures/i.test(cause.message)) {
		return no(`${place} did not let in ${user}: ${refusalWords(account, configuration, cause)}`, remedy(account));
	}
	if (/no matching/i.test(cause.message)) {
		return no(
			`${place} and this version have no algorithm in common: ${cause.message}`,
			'Other transports come in a later version. What the server offers: ssh -vv HOST',
		);
	}
	if (/identification|before handshake|version|header/i.test(cause.message)) {
		return no(`${place} does not answer as an SSH server`, 'Check the port, and whether sshd takes more connections.');
	}
	return no(`${place} ended the login: ${cause.message}`, 'Try: ssh -v HOST');
}

const brief = (text: string): string =>
	text.length > most ? `${visibleLine(text.slice(0, most))} ...` : visibleLine(text);
const most = 1000;

function refusalWords(
	{tried, unused, accepted, isPartial}: Account,
	{usesGssapi}: Configuration,
	{message}: Error,
): string {
	const beyond = accepted.filter(name => name !== 'publickey' && name !== 'none');
	const parts = [
		/too many/i.test(message) ? 'it was shown too many keys' : '',
		isPartial ? `it asks for more than a key: ${beyond.join(', ')}, which this version cannot do` : '',
		accepted.length === 0 || isPartial ? '' : `it takes ${accepted.join(', ')}`,
		tried.length > 0 ? `shown: ${tried.join(', ')}` : 'there was no key to show',
		unused.length > 0 ? `not usable: ${unused.join('; ')}` : '',
		usesGssapi && accepted.some(name => name.startsWith('gssapi')) ? 'GSSAPI comes in a later version' : '',
	];
	return parts.filter(Boolean).join('; ');
}

function remedy({tried, accepted, isPartial}: Account): string {
	if (isPartial || (accepted.length > 0 && !accepted.includes('publickey'))) {
		return 'This version logs in by key or agent only; passwords and further questions come in a later one.';
	}
	if (tried.length > 4) return 'Name the right key: IdentityFile and IdentitiesOnly yes in the SSH configuration.';
	return 'Put a key that the host knows into the agent (ssh-add) or name its file: IdentityFile in ~/.ssh/config';
}
