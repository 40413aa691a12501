// The first page: what can be begun, gone on with, or looked at. Data, and the entries made of them.
import type {RunSummary} from '../../../core/run/run-summary.ts';
import {visibleLine} from '../../../core/text/filter.ts';

export type HomeRunbook = {name: string; title: string; isBundled: boolean};

/** Undefined while it is being read. */
export type Home = {
	runbooks: HomeRunbook[] | undefined;
	runs: RunSummary[] | undefined;
	/** Nights on the practice server. */
	scenarios?: {name: string; title: string}[];
	/** Hosts that the SSH configuration names, and what of it could not be read. */
	aliases?: {names: string[]; problems: string[]};
	/** Why the runs cannot be shown. */
	problem?: string;
};

/** A line that can be chosen: a question for the host comes first where a runbook is begun. */
export type Entry = {
	group: string;
	words: string;
	detail: string;
	next: {do: 'ask-host'; runbook: string} | {do: 'go'; words: string[]};
	isDisabled?: string;
};

/** What waits for somebody stands first. */
export function entriesOf({runbooks = [], runs = [], scenarios = []}: Home): Entry[] {
	const open = runs.filter(run => run.state === 'open');
	const ended = runs.filter(run => run.state === 'ended').slice(0, 5);
	return [
		...open.map(openEntry),
		...runbooks.map(
			({name, title, isBundled}): Entry => ({
				group: 'Runbooks',
				words: visibleLine(title),
				detail: isBundled ? `${name}, comes with Handrail` : visibleLine(name),
				next: {do: 'ask-host', runbook: name},
			}),
		),
		...scenarios.map(
			({name, title}): Entry => ({
				group: 'Practice on a simulated server: nothing real is touched',
				words: visibleLine(title),
				detail: `train ${name}`,
				next: {do: 'go', words: ['train', name]},
			}),
		),
		...ended.map(
			(run): Entry => ({
				group: 'Ended runs',
				words: visibleLine(run.title ?? run.id),
				detail: `${run.end?.replaceAll('-', ' ')} on ${run.hosts.map(visibleLine).join(', ')}, ${when(run)}: its report`,
				next: {do: 'go', words: ['report', run.id]},
			}),
		),
	];
}

function openEntry(run: RunSummary): Entry {
	const {driven} = run;
	return {
		group: 'Open runs',
		words: visibleLine(run.title ?? run.id),
		detail: `on ${run.hosts.map(visibleLine).join(', ')}, since ${when(run)}${driven ? `, driven by ${visibleLine(driven.login)}` : ''}`,
		next: {do: 'go', words: ['resume', run.id]},
		...(driven && {isDisabled: `process ${driven.pid} drives it: handrail runs watch ${run.id}`}),
	};
}

const when = ({started}: RunSummary): string => started?.slice(0, 16).replace('T', ' ') ?? 'nobody knows when';

export type HostChoice = {host: string; detail: string};

/**
 * Where a runbook can be walked: what has the typed text in its name, the harmless first. What was typed stands above all,
 * so that Enter never takes another host than the one that was written.
 */
export function hostChoices({aliases}: Home, typed: string): HostChoice[] {
	const all: HostChoice[] = [
		{host: 'practice', detail: 'a simulated server: nothing real is touched'},
		{host: 'local', detail: 'this very machine'},
		...(aliases?.names ?? []).map(name => ({host: visibleLine(name), detail: 'over SSH'})),
	];
	if (typed === '') return all;
	const wanted = typed.toLowerCase();
	const found = all.filter(({host}) => host !== typed && host.toLowerCase().includes(wanted));
	const own = all.find(({host}) => host === typed) ?? {host: typed, detail: 'as typed, over SSH'};
	return [own, ...found];
}
