import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import type {Command} from '../../../source/core/runbook/model.ts';
import {entriesFor} from '../../runbooks/symptoms.ts';
import type {LabHost} from '../lab-host.ts';
import {commandFor, commandsFor} from './page-commands.ts';
import {problemOf, say} from './say.ts';
import type {Scene} from './scene.ts';

/** Something that a person, or fate, does: a script of root, or a function of the test. */
export type Deed = string | (() => unknown);

/** A failure of the patching page that is brought about on a real host, and cured as its troubleshooting entry says. */
export type Provocation = {
	/** What happened, in words. */
	what: string;
	/** The troubleshooting entry that the failed step has to lead to first. */
	entry: string;
	provoke?: Deed;
	/** The step that meets it: a command of the page by its id, or where the page has none a script. */
	step: string | {script: string};
	/** The step as an operator has edited it, where it fails. */
	edited?: Edit;
	/** Who runs the step, where it is not `admin`. */
	user?: string;
	/** What the operator answers where the entry's commands ask. */
	inputs?: Record<string, string>;
	/** Commands of the entry that are not run here, with the reason. */
	skipped?: Record<string, string>;
	/** What the entry's prose tells a person to do: before its command of a name, or `afterwards`. */
	byHand?: Record<string, Deed>;
	/** The step as the entry's prose would have it from then on. */
	mended?: Edit;
	/** The page says to stop: the step goes on failing with the same entry until this is done. */
	until?: Deed;
};

type Edit = (script: string) => string;

/** Brings about one after the other on a host; each is a test of its own. */
export async function provoked(context: TestContext, scene: Scene, rows: Provocation[]): Promise<void> {
	for (const row of rows) {
		await context.test(`${row.what}: ${row.entry}`, async () => {
			await done(scene.host, row.provoke);
			await fails(scene, row);
			await cure(scene, row);
			if (row.until) {
				await fails(scene, row);
				await done(scene.host, row.until);
			}
			const {problem, output} = await stepOf(scene, row, {edit: row.mended});
			assert.equal(problem, undefined, output);
			assert.deepEqual(entriesFor(output), [], output);
		});
	}
}

async function fails(scene: Scene, row: Provocation): Promise<void> {
	const {problem, output} = await stepOf(scene, row, {edit: row.edited, user: row.user});
	assert.ok(problem, `the step did not fail: ${output}`);
	assert.equal(entriesFor(output)[0], row.entry, output);
}

type How = {edit?: Edit | undefined; user?: string | undefined};

async function stepOf({host, inputs}: Scene, {step}: Provocation, {edit = same, user}: How) {
	if (typeof step === 'object') {
		const said = await say(host, edit(step.script), inputs, user);
		return {output: said.output, problem: said.exit === 0 ? undefined : `exit code ${said.exit}`};
	}
	const command = commandFor(step, host);
	const said = await say(host, edit(command.script), inputs, user);
	return {output: said.output, problem: problemOf(command, said)};
}

const same: Edit = script => script;

/** Runs the entry's commands as they stand on the page. */
async function cure({host, inputs}: Scene, {entry, skipped = {}, byHand = {}, ...row}: Provocation): Promise<void> {
	const commands = commandsFor(entry, host);
	const known = {...inputs, ...row.inputs};
	const names = ['afterwards', ...commands.map(nameOf)];
	for (const name of Object.keys({...skipped, ...byHand})) {
		assert.ok(names.includes(name), `${entry} has no command ${name}, but ${names}`);
	}
	for (const command of commands) {
		await done(host, byHand[nameOf(command)]);
		if (nameOf(command) in skipped) continue;
		const said = await say(host, command.script, known);
		assert.equal(problemOf(command, said), undefined, `${command.id}: ${said.output}`);
		Object.assign(known, said.values);
	}
	await done(host, byHand['afterwards']);
}

const nameOf = ({id}: Command) => id.split('/').at(-1)!;

async function done(host: LabHost, deed: Deed | undefined): Promise<void> {
	if (typeof deed === 'string') await host.exec(deed);
	else await deed?.();
}
