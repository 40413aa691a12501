import {readRecord} from '../runtime/journal/read-record.ts';
import {findRunFolder} from '../runtime/journal/run-folder.ts';
import {findStateFolder} from '../runtime/journal/state-folder.ts';
import {buildReport} from '../views/report/build-report.ts';
import {reportMarkdown} from '../views/report/markdown.ts';
import {defineCommand} from './command.ts';
import {printJson} from './print.ts';

export const command = defineCommand({
	name: 'report',
	summary: 'Prints the report of a run, for the change ticket',
	usage: 'report RUN [--format md|json]',
	flags: {
		format: {type: 'string', choices: ['md', 'json'], help: 'Markdown (the default), or JSON'},
		json: {type: 'boolean', help: 'the same as --format json'},
	},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [run], flags, io}) {
		const folder = await findRunFolder(await findStateFolder(io.env), run!);
		const report = buildReport(await readRecord(folder));
		if (flags.json || flags.format === 'json') printJson(io, report);
		else io.stdout.write(reportMarkdown(report));
		return 0;
	},
});
