import type {Finding} from '../../core/run/finding.ts';
import {parseAftermath} from '../hosts/aftermath.ts';
import type {ReadSpec} from '../hosts/host.ts';
import type {World} from './world.ts';

const marker = 'practice';

/** What the simulated programs say of packages. */
export const packageLook: ReadSpec = {
	script: `echo audited
dpkg --audit
echo '${marker} apt'
echo readable
if [ -e /var/log/apt/history.log ]; then grep -E '^(Start|End)-Date: ' /var/log/apt/history.log; fi
echo '${marker} end'`,
	interpreter: ['sh'],
	values: {},
	timeout: 10_000,
};

/** What can be seen of the practice server after a task that began at a moment of its clock; `said` by `packageLook`. */
export function aftermath(world: World, began: number, said: string): Finding[] {
	const {boot, packaging, isInterrupted} = world;
	const text = [
		`${marker} boot`,
		boot.at > began ? 'another' : 'same',
		Math.floor(boot.at / 1000),
		`${marker} processes`,
		`${marker} tools`,
		...(packaging ? [`${packaging.pid} ${packaging.program.slice(0, 15)}`] : []),
		`${marker} dpkg`,
		...(isInterrupted && !packaging ? ['interrupted'] : []),
		said,
	];
	return parseAftermath(text.join('\n'), marker);
}
