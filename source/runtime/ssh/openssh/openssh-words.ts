import {join} from 'node:path';
import type {Address} from '../configuration/address.ts';
import type {Configuration} from '../configuration/configuration.ts';
import {names} from './openssh-folder.ts';
import {aliveOptions, packetLog} from './openssh-life.ts';

/** What the words of ssh are made of; words of people are validated (address.ts) and stand after `--` or a flag. */
export type Words = {
	address: Address;
	configuration: Configuration;
	folder: string;
	/** Another configuration file than the user's. */
	file: string | undefined;
	/** Somebody answers what ssh asks. */
	isAttended: boolean;
	acceptsNew: boolean;
	/** Host key algorithms, the ones to meet first at the front; ssh's own order without them. */
	hostKeyAlgorithms: string[] | undefined;
	/** Seconds until the server has to have said its name: of ssh's own, beside what Handrail waits. */
	connectTimeout: number;
};

/** The words of the client that logs in and that all commands go through. What ssh itself reads last does not count. */
export function masterWords(words: Words): string[] {
	const {address, configuration, folder, file, hostKeyAlgorithms} = words;
	const knows = (name: string): boolean => configuration.options.has(name.toLowerCase());
	const options: Record<string, string> = {
		ControlPath: join(folder, names.control),
		ControlPersist: 'no',
		...packetLog(knows('LogVerbose')),
		FingerprintHash: 'sha256',
		VisualHostKey: 'no',
		StrictHostKeyChecking: strictness(words),
		BatchMode: words.isAttended ? 'no' : 'yes',
		...(hostKeyAlgorithms && {HostKeyAlgorithms: hostKeyAlgorithms.join(',')}),
		// What a person answers on the way to it would count, too.
		ConnectTimeout: String(words.isAttended && isIndirect(configuration) ? patient : words.connectTimeout),
		...aliveOptions(configuration),
		ClearAllForwardings: 'yes',
		ForwardX11: 'no',
		Tunnel: 'no',
		PermitLocalCommand: 'no',
		RequestTTY: 'no',
		EscapeChar: 'none',
		...(knows('RemoteCommand') && {RemoteCommand: 'none'}),
		...(knows('ForkAfterAuthentication') && {ForkAfterAuthentication: 'no'}),
	};
	return [
		...(file ? ['-F', file] : []),
		...['-M', '-N', '-T', '-E', join(folder, names.log)],
		...Object.entries(options).map(([name, value]) => `-o${name}=${value}`),
		...(address.user === undefined ? [] : ['-l', address.user]),
		...(address.port === undefined ? [] : ['-p', String(address.port)]),
		'--',
		address.host,
	];
}

/**
 * The words of one command. It reads no configuration, and where the master is gone it has no way to connect and nobody to
 * ask, so that it never logs in by itself.
 */
export function commandWords({folder, address, configuration}: Words, log: string, command: string): string[] {
	return [
		...['-F', 'none', '-S', join(folder, names.control), '-E', log, '-T', '-x'],
		configuration.forwardedAgent === undefined ? '-a' : '-A',
		'-oControlMaster=no',
		'-oProxyCommand=false',
		'-oBatchMode=yes',
		'-oLogLevel=DEBUG2',
		'--',
		address.host,
		command,
	];
}

/** Seconds. */
const patient = 900;

/** Whether another program leads to it. */
export const isIndirect = ({options}: Configuration): boolean =>
	['proxycommand', 'proxyjump'].some(key => !/^(none)?$/.test(options.get(key)?.[0] ?? ''));

/** Never less strict than the configuration, and a person is asked where there is one. */
function strictness({configuration, isAttended, acceptsNew}: Words): string {
	if (configuration.strictHostKeyChecking === 'yes') return 'yes';
	if (acceptsNew) return 'accept-new';
	return isAttended ? 'ask' : 'yes';
}
