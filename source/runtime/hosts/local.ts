import type {HostName} from '../../core/run/host.ts';
import type {Host} from './host.ts';
import {localShell} from './local-shell.ts';
import {shellHost} from './shell-host.ts';

/** This machine as a host. `environment` is what its commands start with. */
export function localHost(name: HostName = 'local', environment: NodeJS.ProcessEnv = process.env): Host {
	return shellHost(name, localShell(environment));
}
