import {diskReadings} from './disks.ts';
import type {Readings} from './gauge.ts';
import {memoryReadings} from './memory.ts';
import {processReadings} from './processes.ts';
import {processorReadings} from './processor.ts';
import type {Sample} from './sample.ts';
import {systemReadings} from './system.ts';

/**
 * The readings of a sample; what counts up (cpu, net, swap, stuck processes) against the sample before it.
 * What could not be read is `unknown`, with the reason. Takes any bytes.
 */
export function parseSample(now: Sample, before?: Sample): Readings {
	return {
		...processorReadings(now, before),
		...memoryReadings(now, before),
		...processReadings(now, before),
		...systemReadings(now, before),
		...diskReadings(now),
	};
}
