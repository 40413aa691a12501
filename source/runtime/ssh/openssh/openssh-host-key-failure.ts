import {Failure} from '../../../core/text/failure.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {NotConnected} from '../../hosts/host.ts';
import {namesOf} from '../host-keys/known-hosts.ts';
import type {FailedLogin} from './openssh-failure.ts';

/** What `text` says of a host key, if anything. A `Failure` is not tried again: the key will not become right by itself. */
export function hostKeyFailure(
	{host, log, configuration, isAttended}: FailedLogin,
	text: string,
): NotConnected | Failure | undefined {
	const shown = log.hostKey ? `${log.hostKey.fingerprint} (${log.hostKey.type})` : 'that it shows';
	const name = namesOf(configuration.hostname, configuration.port, configuration.hostKeyAlias).name;
	if (/HOST IDENTIFICATION HAS CHANGED/.test(text)) {
		const [, type, place] = /^Offending (\S+) key in (.+:\d+)$/m.exec(text) ?? [];
		return new Failure(
			visibleLine(
				`${host}: its host key has changed: it shows ${shown}, but ${place ?? 'a known_hosts file'} has another${type ? ` (${type})` : ''}`,
			),
			'Somebody may be listening, or the machine is another one. Find out which; only then correct that line.',
			noConnection,
		);
	}
	if (/REVOKED HOST KEY|is marked as revoked|revoked by file|is revoked/i.test(text)) {
		const [, place] = /revoked (?:by file|in) (\S+?)\.?$/m.exec(text) ?? [];
		return new Failure(
			visibleLine(`${host}: its host key ${shown} is revoked${place ? ` by ${place}` : ''}`),
			'It must not be trusted. Ask the administrator of the machine for its new key.',
			noConnection,
		);
	}
	if (!/Host key verification failed|host key is known for .* strict checking/.test(text)) return undefined;
	const certificate = /certificate .*(invalid|not yet valid|expired|not listed|not a host)/i.exec(text)?.[0];
	const what =
		certificate ??
		(log.hostKey ? `its host key ${shown} is not known for ${name}` : 'a host key on the way to it is not known');
	const {strictHostKeyChecking} = configuration;
	const hint =
		strictHostKeyChecking === 'yes'
			? 'StrictHostKeyChecking yes in its SSH configuration takes no new one: add the key to a known_hosts file.'
			: isAttended
				? 'It was not accepted.'
				: `Compare it with what the machine's administrator says, then: ssh ${host} once, or --accept-new`;
	return new NotConnected(visibleLine(`${host}: ${what}`), hint);
}

/** Exit code of a connection that is not made. */
const noConnection = 4;
