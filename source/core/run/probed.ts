import type {Reading} from '../gauges/gauge.ts';
import type {EarlierTask} from './earlier.ts';
import type {HostName} from './host.ts';

/** What a host says of itself, asked without a run; `at` in UTC (ISO 8601). */
export type Probed = {
	host: HostName;
	kind: 'local' | 'practice' | 'ssh';
	/** Of `ssh`: by what it is reached, why so, and further facts of the connection. */
	transport?: {name: string; why: string; notes: string[]};
	/** Whether tasks outlive the connection there. */
	durable: {can: true} | {can: false; why: string};
	/** Tasks that runs have left there. */
	tasks: EarlierTask[];
	facts: Record<string, {value: string; at: string}>;
	/** `value` is null where it could not be read. */
	gauges: Record<string, Omit<Reading, 'value'> & {value: number | null; at: string}>;
};
