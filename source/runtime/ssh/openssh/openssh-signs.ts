import type {LoginLog} from './openssh-log.ts';

/**
 * What a line of the log of a login says of who is waited for: `sent` where the server has been given what somebody may
 * have to confirm, `heard` where it has answered that, `says` where the line is the server's own words.
 */
export function loginSign(line: string, {method, isUp}: LoginLog): 'sent' | 'heard' | 'says' | undefined {
	if (isUp) return undefined;
	if (/^(?:debug1: )?Authenticated (?:using .* )?with partial success/.test(line)) return 'sent';
	const [, type] = received.exec(line) ?? [];
	if (type !== undefined) return type === further ? 'sent' : results.has(type) ? 'heard' : undefined;
	// Title and instruction of a round of questions.
	if (method === 'keyboard-interactive' && !/^debug\d: /.test(line) && !own.test(line)) return 'says';
	return undefined;
}

const received = /^debug3: receive packet: type (\d+)$/;

/** Of a key: that it would be taken, so it signs now; of questions: a round of them, perhaps of none (RFC 4252, 7; 4256, 3.2). */
const further = '60';

/** SSH_MSG_USERAUTH_FAILURE and _SUCCESS. */
const results = new Set(['51', '52']);

/** Sentences of ssh itself. */
const own = /^(Authenticated |Warning: |Permission denied|Received disconnect|Disconnected |Connection )/;
