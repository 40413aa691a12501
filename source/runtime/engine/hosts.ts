import type {HostName} from '../../core/run/host.ts';
import {type AskLogin, nobody} from '../hosts/ask-login.ts';
import type {Host} from '../hosts/host.ts';
import type {World} from './world.ts';

/** The hosts of a session, each made once. */
export class Hosts {
	readonly #world: World;
	readonly #asks: AskLogin;
	readonly #made = new Map<HostName, Host>();
	#control: Host | undefined;

	/** `asks` where the world has a person. */
	constructor(world: World, asks: AskLogin) {
		this.#world = world;
		this.#asks = world.isAttended ? asks : nobody;
	}

	get(name: HostName): Host {
		const options = {folder: this.#world.folder.path, asks: this.#asks};
		const host = this.#made.get(name) ?? this.#world.host(name, options);
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
