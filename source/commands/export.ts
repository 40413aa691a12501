import {readMarkdown} from '../core/runbook/read-markdown.ts';
import {readYaml} from '../core/runbook/read-yaml.ts';
import {difference} from '../core/runbook/same-value.ts';
import {toMarkdown} from '../core/runbook/write/export-markdown.ts';
import {toYaml} from '../core/runbook/write/export-yaml.ts';
import {defineCommand, Failure, UsageError} from './command.ts';
import {openRunbook} from './open-runbook.ts';

const forms = {
	yaml: {write: toYaml, read: readYaml},
	markdown: {write: toMarkdown, read: readMarkdown},
};

export const command = defineCommand({
	name: 'export',
	summary: 'Prints a runbook in its other form',
	usage: 'export RUNBOOK --to yaml|markdown',
	flags: {to: {type: 'string', choices: Object.keys(forms), help: 'the form'}},
	arguments: {minimum: 1, maximum: 1},
	async run({arguments: [name], flags, io}) {
		if (flags.to === undefined) throw new UsageError('--to is missing', `Write handrail export ${name} --to yaml`);
		const {write, read} = forms[flags.to as keyof typeof forms];
		const {document, file} = await openRunbook(name!, io);
		const text = write(document.runbook);
		const where = difference(document.runbook, read(text, file).runbook);
		if (where !== undefined)
			throw new Failure(
				`${file}: cannot be said in ${flags.to}: it would read back differently at ${where}`,
				'Simplify what stands there; nothing was printed, so that no wrong runbook comes of it.',
				1,
			);
		io.stdout.write(text);
		return 0;
	},
});
