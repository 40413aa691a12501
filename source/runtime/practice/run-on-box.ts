// Loads the shell language, which is large: only where a script is to run.
import type {ReadSpec} from '../hosts/host.ts';
import {instantPace} from './instant-pace.ts';
import {Machine, type Pace, Stopped} from './machine.ts';
import type {TaskRecord} from './saved.ts';
import {runScript} from './shell/run-script.ts';
import {WorldFiles} from './shell/world-files.ts';
import type {World} from './world.ts';

/** Bytes that a task may print. */
const limit = 16 << 20;

type End = NonNullable<TaskRecord['end']>;

/** Runs a task on a world of its own; `printed` is told after each output. What it had printed before stays. */
export async function runTask(
	world: World,
	record: TaskRecord,
	pace: Pace,
	secrets: Record<string, Uint8Array>,
	printed: () => void,
): Promise<{machine: Machine; ended: Promise<End>}> {
	const {spec} = record;
	let [output, stdout] = [0, 0];
	const machine = new Machine(
		world,
		record.began,
		pace,
		(bytes, isOutput) => {
			const text = bytes.toString('latin1');
			if (isOutput) {
				record.stdout += text.slice(Math.max(0, record.stdout.length - stdout));
				stdout += text.length;
			} else {
				record.output += text.slice(Math.max(0, record.output.length - output));
				output += text.length;
				printed();
			}
			if (output + stdout > limit) throw machine.stop(153);
		},
		{isRoot: spec.sudo, hasTerminal: spec.tty !== undefined},
	);
	await open(machine);
	return {machine, ended: run(machine, record, secrets)};
}

async function run(machine: Machine, record: TaskRecord, secrets: Record<string, Uint8Array>): Promise<End> {
	const {spec} = record;
	const folder = `/run/handrail/${spec.task}`;
	const end = await endOf(async () => {
		await machine.files.mkdir(folder, {recursive: true});
		await machine.files.writeFile(`${folder}/values`, '');
		const secret = spec.secrets.map(name => [name, Buffer.from(secrets[name] ?? []).toString('utf8')]);
		return await interpret(machine, spec.interpreter, {
			text: spec.script,
			values: {...spec.values, HANDRAIL_OUTPUT: `${folder}/values`},
			secrets: Object.fromEntries(secret),
			cwd: spec.cwd ?? home(machine),
			captures: spec.capture,
		});
	}, machine);
	const values = await machine.files.readFileBuffer(`${folder}/values`).catch(() => Buffer.alloc(0));
	record.values = Buffer.from(values).toString('latin1');
	machine.isRoot = true;
	await machine.files.rm(folder, {recursive: true, force: true}).catch(() => undefined);
	return end;
}

/** Never rejects: what goes wrong in the simulation itself is an error of the script. */
async function endOf(work: () => Promise<number>, machine: Machine): Promise<End> {
	try {
		return {is: 'ended', exit: await work()};
	} catch (error) {
		if (error instanceof Stopped)
			return error.exit === undefined ? {is: 'lost', rebooted: true} : {is: 'ended', exit: error.exit};
		machine.print(`sh: ${(error as Error).message}\n`, false);
		return {is: 'ended', exit: 2};
	}
}

/** Runs a script that only reads, on a world that nobody else sees. */
export async function readScript(world: World, now: number, spec: ReadSpec) {
	const output: Buffer[] = [];
	const stdout: Buffer[] = [];
	const until = now + spec.timeout;
	const machine = new Machine(
		world,
		now,
		instantPace(until),
		(bytes, isOutput) => {
			output.push(bytes);
			if (isOutput) stdout.push(bytes);
		},
		{isRoot: spec.sudo ?? false},
	);
	const stop = () => machine.stop(124);
	spec.signal?.addEventListener('abort', stop, {once: true});
	if (spec.signal?.aborted) stop();
	const end = await endOf(async () => {
		await open(machine);
		return await interpret(machine, spec.interpreter, {
			text: spec.script,
			values: spec.values,
			cwd: home(machine),
			captures: true,
		});
	}, machine);
	spec.signal?.removeEventListener('abort', stop);
	const exit = machine.now >= until || end.is === 'lost' ? 124 : end.exit;
	return {stdout: Buffer.concat(stdout), output: Buffer.concat(output), exit};
}

const home = (machine: Machine): string => (machine.isRoot ? '/root' : '/home/admin');

async function open(machine: Machine): Promise<void> {
	machine.files = await new WorldFiles(machine).open();
}

const shells = new Set(['sh', 'bash', 'dash', 'ksh', 'zsh']);

async function interpret(
	machine: Machine,
	[program = 'sh', ...options]: string[],
	script: Omit<Parameters<typeof runScript>[1], 'options'>,
): Promise<number> {
	if (!shells.has(program)) {
		machine.print(`sh: 1: exec: ${program}: not found\n`, false);
		return 127;
	}
	if (!(await machine.files.exists(script.cwd))) {
		machine.print(`sh: 1: cd: can't cd to ${script.cwd}\n`, false);
		return 2;
	}
	return await runScript(machine, {...script, options});
}
