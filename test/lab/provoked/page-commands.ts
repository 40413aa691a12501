import type {Command, Section, When} from '../../../source/core/runbook/model.ts';
import {sectionsOf} from '../../../source/core/runbook/outline.ts';
import {documentOf} from '../../runbooks/bundled.ts';
import type {LabHost} from '../lab-host.ts';

/** Steps of the page that meet most failures. */
export const refresh = 'system-update-check/refresh';
export const download = 'commands-to-run/download';
export const apply = 'commands-to-run/apply';

const sections = sectionsOf(documentOf('linux-patching.md').runbook);

/** The commands of a section of the patching page that are for a host, in their order. Throws where there is no such section. */
export function commandsFor(id: string, host: LabHost): Command[] {
	const section = sections.find(each => each.id === id);
	if (!section) throw new Error(`the page has no section ${id}`);
	const commands = section.content.filter(content => content.kind === 'command');
	return commands.filter(({when}) => isFor(section.when, host) && isFor(when, host));
}

/** The command with an id, `section/name`, in its variant for a host. */
export function commandFor(id: string, host: LabHost): Command {
	const [section, name] = id.split('/') as [Section['id'], string];
	const command = commandsFor(section, host).find(each => each.name === name);
	if (!command) throw new Error(`the page has no command ${id} for ${managers[host.family]}`);
	return command;
}

const managers = {debian: 'apt', rhel: 'dnf', suse: 'zypper'} as const;

function isFor(when: When, {family}: LabHost): boolean {
	const facts: Record<string, string> = {pm: managers[family], init: 'systemd', family};
	return when.every(({key, values, not}) => {
		const value = facts[key];
		if (value === undefined) throw new Error(`a host of the lab has no ${key}`);
		return values.includes(value) !== not;
	});
}
