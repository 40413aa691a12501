import {until} from '../../helpers/task-host.ts';
import type {LabHost} from '../lab-host.ts';

/** Where a command of the night is held up once, so that the power can go in the midst of it. */
export type HeldUp = {
	name: string;
	/** The program that is held up, and with which words. */
	program: string;
	words?: string;
	/** What it does before that. */
	first?: string;
};

/** Files of a host on which each of these waits the first time that it runs. Those in /etc/patching are the whole program. */
export function heldUp(all: HeldUp[]): Record<string, string> {
	return Object.fromEntries(
		all.map(({name, program, words = '*', first = ':'}) => {
			const real = `/usr/bin/${program.split('/').at(-1)}`;
			const once = `${first}; touch /var/at-${name}; sleep 600`;
			const usual = program.startsWith('/etc/') ? `echo ${name} >> /var/log/patching` : `exec ${real} "$@"`;
			return [program, `#!/bin/sh\ncase "$*" in ${words}) [ -e /var/at-${name} ] || { ${once}; } ;; esac\n${usual}\n`];
		}),
	);
}

/** Resolves once it waits there. */
export async function untilHeldUp(host: LabHost, name: string, isOver: () => boolean): Promise<void> {
	await until(async () => {
		if (isOver()) throw new Error(`The program ended before ${name}`);
		return await host.exec(`test -e /var/at-${name}`).then(
			() => true,
			() => false,
		);
	}, 90_000);
}
