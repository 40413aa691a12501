import {type LoadedRunbook, loadRunbook} from '../runtime/settings/load-runbook.ts';
import {Failure, type Io} from './command.ts';
import {runbookPlaces} from './runbook-places.ts';

/** Loads a runbook that must be free of errors. Throws `Failure` (2) that names the first of them. */
export async function openRunbook(name: string, io: Pick<Io, 'cwd'>): Promise<LoadedRunbook> {
	const loaded = await loadRunbook(name, runbookPlaces(io.cwd));
	const errors = loaded.document.findings.filter(({severity}) => severity === 'error');
	const [first] = errors;
	if (!first) return loaded;
	const others = errors.length > 1 ? ` All ${errors.length} errors: handrail check ${name}` : '';
	throw new Failure(`${first.file}:${first.line}:${first.column}: ${first.message}`, `${first.hint}${others}`, 2);
}
