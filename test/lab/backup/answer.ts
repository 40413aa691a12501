import type {LabHost} from '../lab-host.ts';
import {commandOfPage} from '../part-of-page.ts';

/** What a command of the page says on a host, as its user without a terminal, and with which exit code it ends. */
export async function answer(host: LabHost, id: string, values: Record<string, string>, when = ''): Promise<string> {
	const given = Object.entries({...values, HANDRAIL_OUTPUT: '/dev/null'}).map(([name, value]) => `${name}=${value}`);
	host.write('/asked', commandOfPage(id, when).script);
	return await host.exec(`env ${given.join(' ')} sh -e /asked 2>&1 < /dev/null || echo "exit $?"`, 'admin');
}
