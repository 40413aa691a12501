import {readFileSync} from 'node:fs';
import type {Boot} from '../../core/run/reboot.ts';
import type {Host} from './host.ts';

export const bootScript = readFileSync(new URL('./boot-state.sh', import.meta.url), 'utf8');

/** Milliseconds that it may take beside the settling. */
const patience = 10_000;

/** How a host stands, once its start is over or `settle` seconds have passed. What it does not say is empty. */
export async function bootState(host: Host, settle: number, signal: AbortSignal): Promise<Boot> {
	const {stdout} = await host.read({
		script: bootScript,
		interpreter: ['sh'],
		values: {HANDRAIL_SETTLE: String(settle)},
		timeout: settle * 1000 + patience,
		signal,
	});
	return parseBoot(Buffer.from(stdout).toString('utf8'));
}

/** The lines of the script; nothing of the host that is not what it has to be. */
export function parseBoot(output: string): Boot {
	const said = (key: string, shape: RegExp) =>
		output.split('\n').flatMap(line => {
			const [first, word = ''] = line.split(' ');
			return first === key && shape.test(word) ? [word] : [];
		});
	return {
		id: said('boot', /^[0-9a-f-]{1,64}$/)[0] ?? '',
		kernel: said('kernel', /^[\w.+~-]{1,128}$/)[0] ?? '',
		state: said('state', /^[a-z-]{1,32}$/)[0] ?? '',
		failed: said('failed', /^[\w:.@\\-]{1,250}\.[a-z]+$/).slice(0, most),
	};
}

/** Units that are told of. */
const most = 50;
