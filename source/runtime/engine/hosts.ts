import type {HostName} from '../../core/run/host.ts';
import {type AskLogin, nobody} from '../hosts/ask-login.ts';
import type {Host} from '../hosts/host.ts';
import type {World} from './world.ts';

/** `lost` is why a connection is gone; undefined where one stands. */
export type LinkChanged = (host: HostName, lost: string | undefined) => void;

/** The hosts of a session, each made once. */
export class Hosts {
	readonly #world: World;
	readonly #asks: AskLogin;
	readonly #made = new Map<HostName, Host>();
	readonly #changed: LinkChanged;
	#control: Host | undefined;

	/** `asks` where the world has a person; `changed` is told whenever a connection stands, and when it is gone and why. */
	constructor(world: World, asks: AskLogin, changed: LinkChanged) {
		this.#world = world;
		this.#changed = changed;
		this.#asks = world.isAttended ? asks : nobody;
	}

	get(name: HostName): Host {
		const options = {folder: this.#world.folder.path, asks: this.#asks};
		const made = this.#made.get(name);
		if (made) return made;
		const host = this.#world.host(name, options);
		this.#made.set(name, host);
		host.onLink((isUp, why = 'it ended') => this.#changed(name, isUp ? undefined : why));
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
