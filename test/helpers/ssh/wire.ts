import {once} from 'node:events';
import {connect, createServer, type Server, type Socket} from 'node:net';
import type {TestContext} from 'node:test';

/** A wire to a port of this machine, in the test's own process: it can be led elsewhere, and lie dead without a word. */
export class Wire {
	/** Where connections are led from now on. */
	target: number;
	/** Nothing passes any more, in either direction, and nobody is told: as behind a switch that lost its power. */
	isDead = false;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();

	private constructor(target: number) {
		this.target = target;
		this.#server = createServer(client => this.#lead(client));
	}

	static async open(context: Pick<TestContext, 'after'>, target: number): Promise<Wire> {
		const wire = new Wire(target);
		wire.#server.listen(0, '127.0.0.1');
		await once(wire.#server, 'listening');
		context.after(() => {
			wire.cut();
			wire.#server.close();
		});
		return wire;
	}

	get port(): number {
		return (this.#server.address() as {port: number}).port;
	}

	/** Ends all that goes over it. */
	cut(): void {
		for (const socket of this.#sockets) socket.destroy();
	}

	#lead(client: Socket): void {
		const upstream = connect(this.target, '127.0.0.1');
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			this.#sockets.add(from);
			from.on('error', () => to.destroy());
			from.on('close', () => {
				this.#sockets.delete(from);
				to.destroy();
			});
			from.on('data', bytes => {
				if (!this.isDead) to.write(bytes);
			});
		}
	}
}
