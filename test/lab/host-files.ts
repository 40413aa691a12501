import {randomBytes} from 'node:crypto';
import type {LabOptions} from './lab-options.ts';

/** What is written to a host before its first boot, by path. */
export function hostFiles({name = 'web1', killsUserProcesses, clock, files}: LabOptions): Record<string, string> {
	return {
		'/etc/machine-id': `${randomBytes(16).toString('hex')}\n`,
		'/etc/hostname': `${name}\n`,
		'/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${name}\n`,
		...(killsUserProcesses && {'/etc/systemd/logind.conf.d/kill.conf': '[Login]\nKillUserProcesses=yes\n'}),
		...(clock && clockFiles(clock)),
		...files,
	};
}

function clockFiles(seconds: number): Record<string, string> {
	const ahead = seconds < 0 ? `${seconds}` : `+${seconds}`;
	const values = ['LD_PRELOAD=/usr/lib/lab-clock.so', `FAKETIME=${ahead}`, 'FAKETIME_DONT_FAKE_MONOTONIC=1'];
	return {
		'/etc/ssh/sshd_config.d/clock.conf': `SetEnv ${values.join(' ')}\n`,
		'/etc/lab-clock': values.map(value => `${value}\n`).join(''),
		// sudo(8) drops what it inherits of these.
		'/etc/sudoers.d/clock': 'Defaults env_file=/etc/lab-clock\n',
	};
}
