import type {Failure} from '../../../core/text/failure.ts';
import {visibleLine} from '../../../core/text/filter.ts';
import {NotConnected} from '../../hosts/host.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {hostKeyFailure} from './openssh-host-key-failure.ts';
import type {LoginLog} from './openssh-log.ts';
import {refusal} from './openssh-refusal.ts';
import {isIndirect} from './openssh-words.ts';

/** What is known of a login that did not come to be. */
export type FailedLogin = {
	/** The name that was asked for. */
	host: string;
	configuration: Configuration;
	log: LoginLog;
	/** What stood on standard error: banners, and programs on the way. */
	said: string;
	isAttended: boolean;
	/** Somebody may have had to confirm it elsewhere. */
	isWaiting: boolean;
	/** Seconds. */
	connectTimeout: number;
	confirmLimit: number;
	/** Why it was ended here: `timeout`, `unconfirmed`, or in words. */
	left: string | undefined;
};

/** Says in one line why the system's ssh made no connection. */
export function opensshFailure(failed: FailedLogin): NotConnected | Failure {
	const {host, configuration, log, said, left, connectTimeout} = failed;
	const text = log.complaints.join('\n');
	const place = `${configuration.hostname}, port ${configuration.port}`;
	const make = (what: string, hint: string) => new NotConnected(`${host}: ${brief(what)}`, brief(hint));
	if (left === 'unconfirmed')
		return make(`${place}: the login was not confirmed within ${failed.confirmLimit} s`, confirmHint);
	if (left === undefined && failed.isWaiting && isEnd.test(log.complaints.at(-1) ?? ''))
		return make(`${place} ended the login before it was confirmed`, confirmHint);
	if (left === 'timeout' || /timed out|Timeout, server/i.test(text)) {
		const what = `${place} did not answer within ${connectTimeout} s`;
		return make(
			what,
			'Check the network, the name and the port; ConnectTimeout in the SSH configuration gives it longer.',
		);
	}
	if (left !== undefined) return make(`the login on ${place} was left: ${left}`, 'Try it again.');
	const key = hostKeyFailure(failed, text);
	if (key) return key;
	for (const [pattern, words, hint] of reasons) {
		const found = pattern.exec(text);
		if (found) return make(words(place, found), hint);
	}
	if (/Permission denied|Too many authentication failures/i.test(text)) return make(...refusal(failed, place, text));
	const last = log.complaints.findLast(line => !isEnd.test(line));
	// A program on the way says it on standard error; where there is none, it is the server's banner.
	const way = isIndirect(configuration) ? lastLines(said) : '';
	if (!last && !way && isIndirect(configuration))
		return make(`${place} cannot be reached by ssh: the program on the way to it ended without a word`, checkWay);
	const why = last ?? (way || log.complaints.at(-1) || lastLines(said) || 'ssh ended');
	return make(`${place} cannot be reached by ssh: ${why}`, way ? checkWay : `Try: ssh -v ${host}`);
}

const checkWay = 'Check what is on the way to it (ProxyCommand, ProxyJump).';

const confirmHint = 'Try it again, and confirm it sooner.';

const network = 'Check the network, the name and the port.';

const reasons: [RegExp, (place: string, found: RegExpExecArray) => string, string][] = [
	[
		/Could not resolve hostname (\S+):? (.*)/,
		(_, [, name, why]) => `${name!.replace(/:$/, '')} has no address: ${why}`,
		'Check the name; an alias needs an entry in ~/.ssh/config.',
	],
	[
		/Connection refused/,
		place => `${place} refused the connection`,
		'Check that sshd runs there and listens on that port.',
	],
	[
		/bind \S+: Cannot assign requested address/,
		place => `${place} cannot be reached from that address`,
		'Check BindAddress in the SSH configuration.',
	],
	[/No route to host|Network is unreachable/, place => `${place} cannot be reached: no route to the host`, network],
	[
		/no matching (.*) found\. Their offer: (.*)/,
		(place, [, what, offer]) => `${place} and the ssh program here have no ${what} in common; it offers ${offer}`,
		'What is allowed here stands in the SSH configuration: ssh -G HOST',
	],
	[
		/terminating, \d+ bad configuration options|Bad configuration option|no argument after keyword|(?:line|command-line) .*: .*(?:missing|unsupported|bad|invalid)/i,
		(_, {input}) => `ssh does not take its configuration: ${input.split('\n')[0]}`,
		'Mend it, then try again.',
	],
	[
		/percent_|unix_listener|ControlPath|too long for Unix domain socket/,
		(_, {input}) => `ssh cannot listen for commands: ${input.split('\n').at(-1)}`,
		'XDG_RUNTIME_DIR or TMPDIR can name a folder with a short name.',
	],
	[
		/kex_exchange_identification: (?:banner line|client sent invalid|.*not.*protocol)|Bad packet length|banner exchange: .*invalid format/i,
		place => `${place} does not answer as an SSH server`,
		'Check the port, and whether sshd takes more connections.',
	],
];

/** Ends of every failure, which say nothing of its cause. */
const isEnd =
	/^(Connection (closed|reset)|kex_exchange_identification|banner exchange: .*(Broken pipe|reset by peer)|Connection to .* closed|Received disconnect|Disconnected from)/;

/** The cause stands before what came of it. */
const lastLines = (text: string): string => text.trim().split(/\s*\n/).slice(-2).join('; ');

const brief = (text: string): string =>
	text.length > most ? `${visibleLine(text.slice(0, most))} ...` : visibleLine(text);
const most = 1000;
