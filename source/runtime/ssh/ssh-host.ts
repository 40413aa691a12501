import type {HostName} from '../../core/run/host.ts';
import type {Host} from '../hosts/host.ts';
import {shellHost} from '../hosts/shell-host.ts';
import type {Address} from './configuration/address.ts';
import {type SshOptions, sshShell} from './ssh-shell.ts';

/** A machine that is reached over SSH. */
export function sshHost(name: HostName, address: Address, options: SshOptions): Host {
	return shellHost(name, sshShell(name, address, options));
}
