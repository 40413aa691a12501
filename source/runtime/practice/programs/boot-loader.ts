import type {Call} from '../shell/program.ts';

/** `grub-reboot ENTRY`: the next boot takes it, once. Like the real one it does not look whether there is such an entry. */
export function grubReboot(call: Call): number {
	const entry = call.args.filter(word => !word.startsWith('-')).at(-1);
	if (entry === undefined) {
		call.err('More than one menu entry?\nUsage: grub-reboot [OPTION] MENU_ENTRY\n');
		return 1;
	}
	if (!call.machine.isRoot) {
		call.err("/usr/bin/grub-editenv: error: cannot open `/boot/grub/grubenv.new': Permission denied.\n");
		return 1;
	}
	call.machine.world.nextEntry = entry;
	return 0;
}

/** `grub-editenv list`; `- unset next_entry`. */
export function grubEditenv(call: Call): number {
	const {world, isRoot} = call.machine;
	if (call.args.includes('list')) {
		if (world.nextEntry !== undefined) call.out(`next_entry=${world.nextEntry}\n`);
		return 0;
	}
	if (!isRoot) {
		call.err("grub-editenv: error: cannot open `/boot/grub/grubenv.new': Permission denied.\n");
		return 1;
	}
	if (call.args.includes('unset')) delete world.nextEntry;
	return 0;
}
