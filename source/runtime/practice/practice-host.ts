import type {HostName, TaskId} from '../../core/run/host.ts';
import {type Host, LinkLost, NotConnected} from '../hosts/host.ts';
import type {LinkListener} from '../hosts/shell.ts';
import {checked} from '../tasks/task-protocol.ts';
import {Box} from './box.ts';

export type PracticeOptions = {
	/** The run's folder, where the state of the server is kept; without one it is gone with the program. */
	folder?: string | undefined;
	/** A name in the table of scenarios. */
	scenario?: string;
	/** How much faster than a real server it is; 0 waits for nothing. */
	speed?: number;
	seed?: number;
};

/** A simulated Debian server inside this program: no network, no root, nothing of this machine is touched. */
export function practiceHost(
	name: HostName,
	{folder, scenario = 'calm', speed = 1, seed = 1}: PracticeOptions = {},
): Host {
	let opening: Promise<Box> | undefined;
	let boot: string | undefined;
	const listeners = new Set<LinkListener>();
	const open = () => (opening ??= Box.open({folder, scenario, speed, seed}));

	/** The server, over a connection that stands since it was last met. */
	const linked = async (): Promise<Box> => {
		const box = await open();
		const world = box.world();
		if (world && world.boot.id === boot) return box;
		const why = world ? 'the server was started anew' : 'the server went down';
		if (boot !== undefined) for (const listener of listeners) listener(false, why);
		boot = undefined;
		throw new LinkLost(why);
	};

	const write = async (task: TaskId, bytes: Uint8Array): Promise<void> => {
		const box = await linked();
		const isInterrupt = box.hasTerminal(task) && bytes.includes(interrupt);
		await box.deliver(
			task,
			isInterrupt ? {kind: 'TERM'} : {kind: 'bytes', bytes: Buffer.from(bytes).toString('latin1')},
		);
	};

	return {
		name,
		kind: 'practice',
		async connect() {
			const box = await open().catch(error => {
				opening = undefined;
				throw new NotConnected((error as Error).message, 'Begin a new run', {cause: error});
			});
			const world = box.world();
			if (!world) {
				if (box.isOff)
					throw new NotConnected(
						'The practice server is switched off',
						'Begin a new run: nothing switches it on again.',
					);
				throw new NotConnected('The practice server does not answer: it is starting', 'Wait until it is up.');
			}
			boot = world.boot.id;
			for (const listener of listeners) listener(true);
			return {
				identity: {machineId: world.machineId, hostKey: '', ownName: world.name},
				bootId: boot,
				facts: {...facts},
			};
		},
		durable: async () => ({can: true}),
		async start(spec, secrets) {
			checked(spec.task);
			return (await linked()).start(spec, secrets);
		},
		ask: async task => (await linked()).ask(task),
		async *follow(task, offset, signal) {
			const box = await linked();
			yield* box.follow(task, offset, signal);
			if (!signal.aborted) await linked();
		},
		handed: async task => (await linked()).handed(task),
		write,
		async type(task) {
			const hasTerminal = (await linked()).hasTerminal(task);
			const {promise: closed, resolve} = Promise.withResolvers<void>();
			let last = Promise.resolve();
			return {
				hasTerminal,
				write(bytes) {
					const typed = Buffer.from(bytes);
					last = last.then(() => write(task, typed)).catch(() => resolve());
				},
				closed,
				close: resolve,
			};
		},
		waits: async task => (await linked()).waits(task),
		async resize() {
			await linked();
		},
		cancel: async (task, signal) => (await linked()).deliver(task, {kind: signal}),
		reap: async task => (await linked()).reap(task),
		tasks: async () => (await linked()).tasks(),
		read: async spec => (await linked()).read(spec),
		examine: async task => (await linked()).examine(task),
		sample: async () => (await linked()).sample(),
		lock: async (claim, isBreaking) => (await linked()).lock(claim, isBreaking),
		lockOwner: async () => (await linked()).lockOwner(),
		unlock: async run => (await linked()).unlock(run),
		onLink(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async close() {
			await (await opening?.catch(() => undefined))?.close();
		},
	};
}

/** Control-C, which a terminal makes a signal. */
const interrupt = 3;

const facts = {
	os: 'debian',
	family: 'debian',
	pm: 'apt',
	version: '12',
	arch: 'x86_64',
	init: 'systemd',
};
