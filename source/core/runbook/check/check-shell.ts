import type {Settled} from '../draft/settle.ts';
import type {Command} from '../model.ts';
import {sectionsOf} from '../outline.ts';
import {dangerOf} from '../shell/dangers.ts';
import {isGiven, placeholdersOf} from '../shell/placeholders.ts';
import {type ShellScan, scanShell} from '../shell/scan-shell.ts';

/** Looks into the scripts: placeholders, hidden danger, and what is wrongly expected to last from fence to fence. */
export function checkShell({runbook, report, settling}: Settled) {
	const commands = sectionsOf(runbook).flatMap(section =>
		section.content.filter((content): content is Command => content.kind === 'command'),
	);
	const scans = commands.map(command => (isShell(command) ? scanShell(command.script) : undefined));
	const handed = new Set([...Object.keys(runbook.inputs), ...commands.flatMap(({capture}) => capture ?? [])]);
	for (const [at, {script}] of commands.entries()) {
		if (scans[at]) for (const name of handedOn(script)) settling.handedOn.add(name);
	}
	for (const name of settling.handedOn) handed.add(name);
	const known = new Set(handed);
	for (const scan of scans) for (const name of scan?.sets ?? []) known.add(name);

	const setAt = new Map<string, number>();
	const isSaid = new Set<string>();
	for (const [at, command] of commands.entries()) {
		const scan = scans[at];
		command.placeholders = placeholdersOf(command.script, scan, known);
		if (!scan || command.role === 'example') continue;
		const danger = command.risk === 'disrupts' ? undefined : dangerOf(scan);
		if (danger !== undefined) {
			report('risk-hidden', command.place, danger);
			command.risk = 'disrupts';
		}
		reportCarried(command, scan);
	}

	function reportCarried(command: Command, scan: ShellScan) {
		if (scan.commands.at(-1)?.[0] === 'cd') report('directory-carried', command.place);
		for (const name of scan.uses.keys()) {
			const line = setAt.get(name);
			if (line === undefined || scan.sets.has(name) || handed.has(name) || isGiven(name) || isSaid.has(name)) continue;
			isSaid.add(name);
			report('variable-carried', command.place, name, line);
		}
		for (const name of scan.sets) if (!setAt.has(name)) setAt.set(name, command.place.line);
	}
}

/** Names that a script writes to `$HANDRAIL_OUTPUT`, as far as can be seen. */
function handedOn(script: string): string[] {
	if (!script.includes('HANDRAIL_OUTPUT')) return [];
	return [...script.matchAll(/(?<![A-Za-z0-9_$])([A-Z_][A-Z0-9_]*)=/g)].map(match => match[1]!);
}

const isShell = ({interpreter}: Command): boolean =>
	interpreter === undefined || /\b(ba|z|k|da)?sh\b/.test(interpreter);
