import type {HostName} from '../../core/run/host.ts';
import type {Host} from '../hosts/host.ts';
import type {World} from './world.ts';

/** The hosts of a session, each made once. */
export class Hosts {
	readonly #world: World;
	readonly #made = new Map<HostName, Host>();
	#control: Host | undefined;

	constructor(world: World) {
		this.#world = world;
	}

	get(name: HostName): Host {
		const host = this.#made.get(name) ?? this.#world.host(name, {folder: this.#world.folder.path});
		this.#made.set(name, host);
		return host;
	}

	control(): Host {
		this.#control ??= this.#world.control();
		return this.#control;
	}

	async close(): Promise<void> {
		const all = [...this.#made.values(), ...(this.#control ? [this.#control] : [])];
		await Promise.allSettled(all.map(host => host.close()));
	}
}
