import type {HostName} from '../../core/run/host.ts';
import {type AskLogin, nobody} from '../hosts/ask-login.ts';
import type {Host} from '../hosts/host.ts';
import type {World} from './world.ts';

/** The hosts of a session, each made once. */
export class Hosts {
	readonly #world: World;
	readonly #asks: AskLogin;
	readonly #made = new Map<HostName, Host>();
	readonly #lost: (host: HostName, why: string) => void;
	#control: Host | undefined;

	/** `asks` where the world has a person; `lost` is told whenever a connection is gone, and why. */
	constructor(world: World, asks: AskLogin, lost: (host: HostName, why: string) => void) {
		this.#world = world;
		this.#lost = lost;
		this.#asks = world.isAttended ? asks : nobody;
	}

	get(name: HostName): Host {
		const options = {folder: this.#world.folder.path, asks: this.#asks};
		const made = this.#made.get(name);
		if (made) return made;
		const host = this.#world.host(name, options);
		this.#made.set(name, host);
		host.onLink((isUp, why = 'it ended') => {
			if (!isUp) this.#lost(name, why);
		});
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
