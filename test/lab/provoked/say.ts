import {failureOf} from '../../../source/core/run/decide-task.ts';
import type {Command} from '../../../source/core/runbook/model.ts';
import {compile, firstMatch} from '../../../source/core/text/patterns.ts';
import {plainText} from '../../../source/core/text/plain-text.ts';
import type {LabHost} from '../lab-host.ts';

/** What a script printed on both streams, its exit code, and the values that it handed on. */
export type Said = {exit: number; output: string; values: Record<string, string>};

/** Runs a script on a host as a runbook's command is run: `sh -e`, in the home folder, with inputs as variables. */
export async function say(
	host: LabHost,
	script: string,
	inputs: Record<string, string> = {},
	user = 'admin',
): Promise<Said> {
	const home = user === 'root' ? '/root' : `/home/${user}`;
	// In memory, since the disk may be full or read-only.
	const handed = `/dev/shm/${user}`;
	const variables = Object.entries({...inputs, HOME: home, HANDRAIL_OUTPUT: handed});
	const words = variables.map(([name, value]) => `${name}=${quoted(value)}`).join(' ');
	const printed = await host.exec(
		`cd ${home}
		: > ${handed}
		env ${words} sh -e -c ${quoted(script)} 2>&1 < /dev/null && exit=0 || exit=$?
		echo "[exit $exit]"
		cat ${handed}`,
		user,
	);
	const end = printed.lastIndexOf('[exit ');
	const [exit, values] = printed.slice(end + '[exit '.length).split(']\n') as [string, string];
	const output = printed.slice(0, end);
	const lines = values.split('\n').filter(Boolean);
	return {
		exit: Number(exit),
		output,
		values: Object.fromEntries(lines.map(line => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)])),
	};
}

/** Why a command of a runbook failed by what it said, as a run judges it; undefined where it succeeded. */
export function problemOf(command: Command, {exit, output}: Said): string | undefined {
	const text = plainText(output);
	const find = (pattern: string | undefined) =>
		pattern === undefined ? undefined : firstMatch(compile(pattern), text)?.text;
	const failure = find(command.failMatch);
	const reason = failureOf(command, exit, {
		sha256: '',
		...(command.match !== undefined && {matched: find(command.match) !== undefined}),
		...(failure !== undefined && {failure}),
	});
	return reason === '' ? `exit code ${exit}` : reason;
}

export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
