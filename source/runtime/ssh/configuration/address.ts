import {isIPv6} from 'node:net';

/** What `-H` says of a host over SSH; what is not said comes from the configuration. */
export type Address = {host: string; user?: string; port?: number};

/**
 * `[user@]name[:port]`, an alias of ssh_config, or an address; IPv6 with a port in brackets. `ssh:` before a name that
 * is reserved makes it an alias. Undefined for what could mean anything else to ssh or to a shell.
 */
export function parseAddress(text: string): Address | undefined {
	const alias = /^ssh:(local|practice)$/.exec(text)?.[1];
	if (alias) return {host: alias};
	if (text.length > 255) return undefined;
	const at = text.lastIndexOf('@');
	const user = at < 0 ? undefined : text.slice(0, at);
	if (user !== undefined && !userName.test(user)) return undefined;
	const place = hostAndPort(text.slice(at + 1));
	if (!place) return undefined;
	return {...place, ...(user !== undefined && {user})};
}

function hostAndPort(text: string): {host: string; port?: number} | undefined {
	if (isAddress6(text)) return {host: text};
	const [, inBrackets, name, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
	const host = inBrackets ?? name ?? '';
	if (inBrackets === undefined ? !hostName.test(host) : !isAddress6(host) && !hostName.test(host)) return undefined;
	if (digits === undefined) return {host};
	const port = Number(digits);
	return port >= 1 && port <= 65535 ? {host, port} : undefined;
}

/** Older clients of OpenSSH check nothing of this themselves (CVE-2023-51385). */
const hostName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const userName = /^[A-Za-z_][A-Za-z0-9._-]*\$?$/;

const isAddress6 = (text: string): boolean => isIPv6(text) && /^[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?$/.test(text);
