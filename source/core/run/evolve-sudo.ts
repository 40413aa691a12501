import type {Event, NewEvent} from './events.ts';
import type {HostState} from './state.ts';
import {sudoSecret} from './sudo.ts';

type Answered = Extract<Event | NewEvent, {type: 'sudo.answered'}>;

/** What an answer of sudo does to its host: a password that was not taken is forgotten, and asked for anew. */
export function answeredBySudo(host: HostState, {is, user, why}: Answered): void {
	if (is === 'refused' || is === 'unheard') return refusedBySudo(host);
	if (is !== 'accepted') forget(host);
	else host.sudoTries = 0;
	host.sudo = {is, user, ...(why && {why})};
}

/** Also where it was found out by a task: the password may have been changed meanwhile. */
export function refusedBySudo(host: HostState): void {
	if (!host.secrets.includes(sudoSecret)) return;
	forget(host);
	host.sudoTries += 1;
	host.sudo = {is: 'password', user: host.sudo?.user ?? ''};
}

function forget(host: HostState): void {
	host.secrets = host.secrets.filter(name => name !== sudoSecret);
}
