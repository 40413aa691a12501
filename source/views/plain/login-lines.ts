import type {LoginQuestion, LoginSecret, UnknownKey} from '../../core/run/login-question.ts';
import {visible, visibleLine} from '../../core/text/filter.ts';

/** What a login asks, for a person, as sentences; of the words of a server nothing that a terminal obeys. */
export function loginLines(question: LoginQuestion): string[] {
	return question.kind === 'host-key' ? keyLines(question) : secretLines(question);
}

/** What a login says or waits for, as lines that say whose it is; `leaving` says how a wait is left. */
export function noticeLines({host, machine, lines}: Notice, leaving?: string): string[] {
	const who = visibleLine(machine ?? host);
	return lines.map((line, at) => `${who}: ${line}${at === lines.length - 1 && leaving ? `; ${leaving}` : ''}`);
}

/** `lines` are filtered. */
type Notice = {host: string; machine?: string; lines: string[]};

/** Who asks: the host, or a jump host on the way to it. */
const asker = ({host, machine}: LoginQuestion): string =>
	machine === undefined
		? visibleLine(host)
		: `${visibleLine(machine)}, the jump host on the way to ${visibleLine(host)},`;

/** The line that the answer is typed on: what is asked for. */
export function secretPrompt(question: LoginQuestion & LoginSecret): string {
	switch (question.kind) {
		case 'passphrase':
			return `Passphrase of ${visibleLine(question.file)}`;
		case 'password':
			return `Password of ${visibleLine(question.user)} on ${visibleLine(question.machine ?? question.host)}`;
		case 'prompt':
			return cut(visibleLine(question.prompt).trim().replace(/:$/, '')) || 'Answer';
	}
}

function keyLines(question: LoginQuestion & UnknownKey): string[] {
	const {name, type, fingerprint} = question;
	return [
		`${asker(question)} shows a host key that is not known here.`,
		'',
		`known as     ${visibleLine(name)}`,
		`type         ${visibleLine(type)}`,
		`fingerprint  ${visibleLine(fingerprint)}`,
		'',
		'Compare the fingerprint with what the administrator of that machine says, or with what its own console shows:',
		`  ssh-keygen -lf /etc/ssh/${keyFile(type)}`,
		'If it is another one, somebody else may be listening. A yes is remembered in known_hosts.',
	];
}

/** Where OpenSSH keeps the public half of it. */
function keyFile(type: string): string {
	const kind = /^(?:ssh|ecdsa)-(ed25519|rsa|sha2)/.exec(type)?.[1] ?? '*';
	return `ssh_host_${kind === 'sha2' ? 'ecdsa' : kind}_key.pub`;
}

function secretLines(question: LoginQuestion & LoginSecret): string[] {
	const lines = refusedLines(question);
	if (question.kind === 'passphrase') lines.push('The key file is encrypted.');
	if (question.kind === 'password') lines.push(`${asker(question)} asks for a password.`);
	if (question.kind === 'prompt') {
		lines.push(`${asker(question)} asks ${visibleLine(question.user)}:`);
		lines.push(...few([question.title, question.instruction]).map(line => `  ${line}`));
	}
	return lines;
}

/** How often it was refused. A server may lock an account after so many wrong answers, often three or five. */
export function refusedLines({kind, refused}: LoginSecret): string[] {
	if (refused === 0) return [];
	const times = refused === 1 ? 'once' : `${refused} times`;
	if (kind === 'passphrase') return [`Refused ${times}: it did not open the key.`];
	const warning = 'One more wrong answer may lock the account: be sure, or leave it.';
	return [`Refused ${times}.`, ...(refused >= 2 ? [warning] : [])];
}

/** What a server says may be as long as it likes. */
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)} ...` : text);

function few(texts: string[]): string[] {
	const all = texts.flatMap(text => visible(text).split('\n'));
	const lines = all.map(line => cut(line.trim())).filter(Boolean);
	return lines.length > 10 ? [...lines.slice(0, 9), `... ${lines.length - 9} lines more`] : lines;
}
