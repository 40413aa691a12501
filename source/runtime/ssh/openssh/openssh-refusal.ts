import type {FailedLogin} from './openssh-failure.ts';

/** Why a server let nobody in, and what can be done about it. */
export function refusal({configuration, log, isAttended}: FailedLogin, place: string, text: string): [string, string] {
	const {user, usesGssapi} = configuration;
	const takes = /Permission denied \(([^)]*)\)/.exec(text)?.[1]?.split(',') ?? log.accepted;
	const isTicketMissing = usesGssapi && takes.some(name => name.startsWith('gssapi'));
	const isCertificate = log.offered.some(name => name.startsWith('the certificate of '));
	const unused = [...[...log.locked].map(file => lockedWords(file, isAttended)), ...log.unused];
	const parts = [
		/Too many authentication failures/i.test(text) ? 'it was shown too many keys' : '',
		takes.length > 0 ? `it takes ${takes.join(', ')}` : '',
		log.offered.length > 0 ? `shown: ${log.offered.join(', ')}` : 'there was no key to show',
		unused.length > 0 ? `not usable: ${unused.join('; ')}` : '',
		isTicketMissing ? (log.ticket ? 'there is no Kerberos ticket' : 'the Kerberos ticket was not accepted') : '',
	];
	const what = `${place} did not let in ${user}: ${parts.filter(Boolean).join('; ')}`;
	if (isTicketMissing && log.ticket) return [what, 'Get a ticket: kinit'];
	if (isCertificate) return [what, 'See whether the certificate still holds, and for whom: ssh-keygen -L -f FILE'];
	if (!isAttended && !takes.includes('publickey'))
		return [what, 'Somebody has to answer its questions: at a terminal.'];
	if (log.offered.length > 4)
		return [what, 'Name the right key: IdentityFile and IdentitiesOnly yes in the SSH configuration.'];
	return [
		what,
		'Put a key that the host knows into the agent (ssh-add) or name its file: IdentityFile in ~/.ssh/config',
	];
}

const lockedWords = (file: string, isAttended: boolean): string =>
	isAttended
		? `${file} is encrypted, and its passphrase was not told`
		: `${file} is encrypted, and nobody is there for its passphrase (ssh-add ${file})`;
