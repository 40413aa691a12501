import {writeFileSync} from 'node:fs';
import type {LabHost} from './lab-host.ts';

/** Writes ssh_config and known_hosts for these hosts; answers the path of the first. `lines` come first, so they hold. */
export function labConfig(folder: string, hosts: LabHost[], lines: string[] = []): string {
	const config = `${folder}/ssh_config`;
	const known = `${folder}/known_hosts`;
	writeFileSync(known, hosts.map(host => `${host.knownHost}\n`).join(''));
	writeFileSync(config, hosts.flatMap(host => section(host, known, lines)).join('\n'));
	return config;
}

function section({name, address, port, user, key}: LabHost, known: string, lines: string[]): string[] {
	return [
		`Host ${name}`,
		...lines,
		`HostName ${address}`,
		`Port ${port}`,
		`User ${user}`,
		`IdentityFile ${key}`,
		'IdentityAgent none',
		`UserKnownHostsFile ${known}`,
		'GlobalKnownHostsFile none',
		'HashKnownHosts no',
		'',
	];
}
