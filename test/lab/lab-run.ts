import {existsSync, globSync, readdirSync, readFileSync} from 'node:fs';
import type {TestContext} from 'node:test';
import {Program, type Running} from '../helpers/program.ts';
import {until} from '../helpers/task-host.ts';
import {labConfig} from './lab-config.ts';
import {type LabHost, labHost} from './lab-host.ts';
import type {LabOptions} from './lab-options.ts';

/** The program beside hosts of the lab that it knows by their names. */
export type LabRun = {program: Program; hosts: LabHost[]; host: LabHost};

export async function labRun(context: TestContext, ...options: LabOptions[]): Promise<LabRun> {
	const hosts = await Promise.all((options.length > 0 ? options : [{}]).map(each => labHost(context, each)));
	const program = new Program(context);
	program.env['HANDRAIL_SSH_CONFIG'] = labConfig(program.folder, hosts);
	return {program, hosts, host: hosts[0]!};
}

/** The words that run a document unattended. */
export function unattended({program, hosts}: LabRun, document: string, ...words: string[]): string[] {
	const named = hosts.flatMap(host => ['-H', host.name]);
	return ['run', program.write('runbook.md', document), ...named, '--yes', '--trust', '--json', ...words];
}

/** Resolves with the run once a command of it has printed a text that is recorded here. */
export async function untilPrinted({program}: LabRun, running: Running, text: string, limit = 60_000): Promise<string> {
	return await until(() => {
		if (running.child.exitCode !== null)
			throw new Error(`The program has ended: ${running.out.slice(-3000)}${running.err}`);
		const [run] = existsSync(`${program.state}/runs`) ? readdirSync(`${program.state}/runs`) : [];
		const outputs = run ? globSync(program.file(run, 'tasks', '*', 'output')) : [];
		return outputs.some(output => readFileSync(output, 'utf8').includes(text)) && run;
	}, limit);
}
