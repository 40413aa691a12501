import type {Command} from './command.ts';

/** Every command, in the order of the help; each is loaded only when it is used. */
export const commands: Record<string, () => Promise<{command: Command}>> = {};
