import {loadRunbook} from '../runtime/settings/load-runbook.ts';
import {findingsText} from '../views/plain/findings.ts';
import {outlineJson} from '../views/plain/outline-json.ts';
import {showOutline} from '../views/plain/show-outline.ts';
import {defineCommand} from './command.ts';
import {isColoured, printJson} from './print.ts';
import {runbookPlaces} from './runbook-places.ts';

export const command = defineCommand({
	name: 'show',
	summary: 'Prints the outline of a runbook and every command in it',
	usage: 'show RUNBOOK [--json]',
	flags: {json: {type: 'boolean', help: 'print the outline as JSON'}},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		const {document} = await loadRunbook(name!, runbookPlaces(io.cwd));
		if (flags.json) printJson(io, outlineJson(document));
		else if (!document.findings.some(({code}) => code.startsWith('file-'))) io.stdout.write(showOutline(document));
		const errors = document.findings.filter(({severity}) => severity === 'error');
		io.stderr.write(findingsText(errors, isColoured(io)));
		return errors.length > 0 ? 2 : 0;
	},
});
