import type {Flag} from './command.ts';

/** Flags of every command that connects. */
export const connectFlags = {
	'accept-new': {type: 'boolean', help: 'accept the host key of a host that is not known yet, and remember it'},
	transport: {
		type: 'string',
		choices: ['ssh2', 'openssh'],
		help: 'reach hosts over SSH in this process, or by the ssh program; by their configuration without it',
	},
} as const satisfies Record<string, Flag>;

/** Flags of every command that walks: run, resume, rollback. */
export const walkFlags = {
	plain: {type: 'boolean', help: 'print one line per event, repaint nothing (for screen readers, logs)'},
	json: {type: 'boolean', help: "print the journal's lines, and output between them"},
	yes: {type: 'boolean', help: 'take defaults; confirm what reads or changes, in fences that carry attributes'},
	confirm: {type: 'string', multiple: true, value: 'HOST', help: "type this host's name where something disrupts"},
	'skip-manual': {type: 'string', value: 'REASON', help: 'record each manual item as skipped'},
	secret: {
		type: 'string',
		multiple: true,
		value: 'NAME=fd:N',
		help: 'read a secret input from a file descriptor; the password for sudo is called sudo',
	},
	override: {
		type: 'string',
		multiple: true,
		value: 'GUARD=REASON',
		help: 'answer a guard with a reason, as a deviation',
	},
	'break-lock': {type: 'string', value: 'REASON', help: 'take the lock of a host although another run holds it'},
	...connectFlags,
	trust: {type: 'boolean', help: 'agree to what the document runs by itself'},
} as const satisfies Record<string, Flag>;
