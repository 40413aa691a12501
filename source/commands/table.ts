import type {Command} from './command.ts';

/** Every command, in the order of the help; each is loaded only when it is used. */
export const commands: Record<string, () => Promise<{command: Command}>> = {
	run: () => import('./run.ts'),
	resume: () => import('./resume.ts'),
	rollback: () => import('./rollback.ts'),
	train: () => import('./train.ts'),
	check: () => import('./check.ts'),
	show: () => import('./show.ts'),
	diagnose: () => import('./diagnose.ts'),
	export: () => import('./export.ts'),
	probe: () => import('./probe.ts'),
	runs: () => import('./runs.ts'),
	report: () => import('./report.ts'),
	verify: () => import('./verify.ts'),
};
