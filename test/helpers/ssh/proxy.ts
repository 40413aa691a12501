import {spawn} from 'node:child_process';
import {once} from 'node:events';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';

const program = fileURLToPath(new URL('./proxy-process.ts', import.meta.url));

/** A process that passes connections on to a port; `stop` makes it silent without closing anything. */
export async function proxy(context: Pick<TestContext, 'after'>, target: number) {
	const child = spawn(process.execPath, [program, String(target)], {stdio: ['ignore', 'pipe', 'inherit']});
	context.after(() => child.kill('SIGKILL'));
	const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
	return {port: Number(line), stop: () => child.kill('SIGSTOP'), go: () => child.kill('SIGCONT')};
}
