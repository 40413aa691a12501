import {Failure} from '../../../core/text/failure.ts';
import {type Address, parseAddress} from './address.ts';
import type {Configuration, Jump} from './configuration.ts';

/** Machines on the way to a host; ssh itself would start one process for each. */
const most = 8;

/** Asks for the configuration of a machine; `through` are those that lead to it, as in `ssh -J`. */
export type Ask = (address: Address, through: string[]) => Promise<Configuration>;

/**
 * The machines of `proxyJump` and of their own ProxyJump, the nearest first. As ssh does it: the last of a list is reached
 * through those before it, and only the first follows its own configuration there. Throws `Failure` (2) for a circle, for
 * too many, and for what is no host's name.
 */
export async function readJumps(host: string, proxyJump: string[], ask: Ask, way: string[] = []): Promise<Jump[]> {
	const name = proxyJump.at(-1);
	if (name === undefined) return [];
	const through = proxyJump.slice(0, -1);
	const step = `${name} ${through.join(',')}`;
	const route = () => [...way.map(each => each.split(' ')[0]), name].join(' -> ');
	if (way.includes(step)) throw wrong(`${host}: ProxyJump leads in a circle: ${route()}`);
	if (way.length === most) throw wrong(`${host}: ProxyJump leads over more than ${most} machines: ${route()}`);
	const address = parseAddress(name.replace(/^ssh:\/\/([^/]*)\/?$/, '$1'));
	if (!address) throw wrong(`${host}: ProxyJump names "${name}", which is the name of no host`);
	const configuration = await ask(address, through);
	const before = await readJumps(host, configuration.proxyJump, ask, [...way, step]);
	return [...before, {name, configuration}];
}

const wrong = (what: string): Failure => new Failure(what, 'Mend it in the SSH configuration, then try again.', 2);
