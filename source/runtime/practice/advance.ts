import {type Activity, cpus, type World} from './world.ts';

/** Lets time pass on the server: its processors work, its load follows. */
export function advance(world: World, milliseconds: number, activity: Activity): void {
	if (milliseconds <= 0) return;
	const shares = {
		user: always.user + activity.user,
		system: always.system + activity.system,
		waiting: always.waiting + activity.waiting,
	};
	const total = milliseconds * cpus;
	const {spent} = world;
	spent.user += total * shares.user;
	spent.system += total * shares.system;
	spent.waiting += total * shares.waiting;
	spent.idle += total * Math.max(0, 1 - shares.user - shares.system - shares.waiting);
	const atWork = (shares.user + shares.system + shares.waiting) * cpus;
	world.load = world.load.map((average, index) => {
		const keeps = Math.exp(-milliseconds / periods[index]!);
		return average * keeps + atWork * (1 - keeps);
	}) as World['load'];
}

/** proc(5): averages over 1, 5 and 15 minutes. */
const periods = [60_000, 300_000, 900_000];

/** What the server is never without: it serves web pages. */
const always = {user: 0.02, system: 0.01, waiting: 0.002};
