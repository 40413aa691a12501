import {visibleLine} from '../../../core/text/filter.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {Account} from '../authentication/authentication.ts';
import type {Configuration} from '../configuration/configuration.ts';

/** Says why there is a server, and nevertheless no login. */
export function handshakeFailure(
	label: string,
	name: string,
	configuration: Configuration,
	account: Account,
	cause: Error & {level?: string; code?: unknown},
): NotConnected {
	const {hostname, port, user} = configuration;
	const place = `${hostname}, port ${port}`;
	// Words of the server are in it.
	const no = (what: string, hint: string) => new NotConnected(`${label}: ${brief(what)}`, hint, {cause});
	if (cause.level === 'client-authentication' || /too many authentication failures/i.test(cause.message)) {
		return no(
			`${place} did not let in ${user}: ${refusalWords(account, configuration, cause)}`,
			remedy(account, configuration),
		);
	}
	if (/no matching/i.test(cause.message)) {
		return no(
			`${place} and this version have no algorithm in common: ${cause.message}`,
			`Let the ssh program connect: --transport openssh. What the server offers: ssh -vv ${name}`,
		);
	}
	if (/identification|before handshake|version|header/i.test(cause.message)) {
		return no(`${place} does not answer as an SSH server`, 'Check the port, and whether sshd takes more connections.');
	}
	if (/ETIMEDOUT/.test(cause.message))
		return no(`${place} does not answer any more`, 'Check the network and the host.');
	return no(`${place} ended the login: ${cause.message}`, `Try: ssh -v ${name}`);
}

const brief = (text: string): string =>
	text.length > most ? `${visibleLine(text.slice(0, most))} ...` : visibleLine(text);
const most = 1000;

function refusalWords(
	{tried, unused, accepted, isPartial}: Account,
	{usesGssapi}: Configuration,
	{message}: Error,
): string {
	const takes = accepted.filter(name => name !== 'none').join(', ');
	const parts = [
		/too many/i.test(message) ? 'it allows no more attempts' : '',
		takes && (isPartial ? `it asks for more: ${takes}` : `it takes ${takes}`),
		tried.length > 0 ? `shown: ${counted(tried)}` : 'there was no key to show',
		unused.length > 0 ? `not usable: ${unused.join('; ')}` : '',
		usesGssapi && accepted.some(name => name.startsWith('gssapi'))
			? 'GSSAPI was not tried: there is no Kerberos ticket here'
			: '',
	];
	return parts.filter(Boolean).join('; ');
}

/** Each once, with how often. */
function counted(words: string[]): string {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].map(([word, count]) => (count > 1 ? `${word} (${count} times)` : word)).join(', ');
}

function remedy({tried, accepted, isPartial, isNobody, isAnswered}: Account, {usesGssapi}: Configuration): string {
	if (usesGssapi && accepted.some(name => name.startsWith('gssapi')))
		return 'Get a Kerberos ticket (kinit), or show a key that the host knows.';
	if (isAnswered || (accepted.length > 0 && (isPartial || !accepted.includes('publickey')))) {
		if (isNobody) return 'Nobody is there to answer it: log in by a key alone, or run this at a terminal.';
		return 'Check the user and the password, and PreferredAuthentications in the SSH configuration.';
	}
	if (tried.length > 4) return 'Name the right key: IdentityFile and IdentitiesOnly yes in the SSH configuration.';
	return 'Put a key that the host knows into the agent (ssh-add) or name its file: IdentityFile in ~/.ssh/config';
}
