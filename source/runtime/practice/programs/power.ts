import type {Call} from '../shell/program.ts';

/** Milliseconds until the server is gone, and until it answers again. */
const [going, coming] = [1500, 4500];

/** Begins to go down: what runs has a moment left. */
export function goDown(call: Call, isReboot: boolean, after = 0): number {
	const {machine} = call;
	if (!machine.isRoot) {
		call.err(
			'Failed to set wall message, ignoring: Interactive authentication required.\nCall to Reboot failed: Interactive authentication required.\n',
		);
		return 1;
	}
	machine.log('systemd-logind', isReboot ? 'The system will reboot now!' : 'The system will power off now!', 402);
	const downAt = machine.now + going + after;
	machine.world.power ??= {downAt, upAt: isReboot ? downAt + coming : null};
	return 0;
}

export const reboot = (call: Call): number => goDown(call, true);
export const poweroff = (call: Call): number => goDown(call, false);

/** `shutdown -r now`, `-r +1`, `-c`. */
export function shutdown(call: Call): number {
	const {args, machine} = call;
	if (args.includes('-c')) {
		delete machine.world.power;
		return 0;
	}
	const when = args.find(word => !word.startsWith('-')) ?? '+1';
	const minutes = when === 'now' ? 0 : Number(/^\+?(\d+)$/.exec(when)?.[1] ?? Number.NaN);
	if (Number.isNaN(minutes)) {
		call.err(`Failed to parse time specification: ${when}\n`);
		return 1;
	}
	const isReboot = args.includes('-r') || args.includes('--reboot');
	if (minutes > 0 && machine.isRoot)
		call.err(
			`Shutdown scheduled for ${new Date(machine.now + minutes * 60_000).toUTCString()}, use 'shutdown -c' to cancel.\n`,
		);
	return goDown(call, isReboot, minutes * 60_000);
}
