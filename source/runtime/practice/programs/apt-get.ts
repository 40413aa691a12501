import {changelog} from '../apt/changelog.ts';
import {forcesOf} from '../apt/configure.ts';
import {type AptOptions, aptOptions, dpkgOptions} from '../apt/options.ts';
import {downloads, fetchAll, perform} from '../apt/perform.ts';
import {growth, isIdle, itemsOf, type Plan, planAutoremove, planInstall, planRemove, planUpgrade} from '../apt/plan.ts';
import {planText, simulation, uris} from '../apt/plan-text.ts';
import {sizeWords} from '../apt/size-words.ts';
import {update} from '../apt/update.ts';
import {unfinished} from '../packages.ts';
import type {Call} from '../shell/program.ts';

export async function aptGet(call: Call): Promise<number> {
	const options = aptOptions(call.args);
	if (options.unknown)
		return fail(
			call,
			`E: Command line option ${options.unknown} is not understood in combination with the other options`,
		);
	if (call.args.includes('--version') || call.args.includes('-v')) {
		call.out('apt 2.6.1 (amd64)\n');
		return 0;
	}
	const verb = Object.hasOwn(verbs, options.verb) ? verbs[options.verb]! : undefined;
	if (!verb) return fail(call, `E: Invalid operation ${options.verb}`);
	return await verb(call, options);
}

type Verb = (call: Call, options: AptOptions) => Promise<number> | number;

const verbs: Record<string, Verb> = {
	update: (call, options) => locked(call, 'lists', () => update(call, options)),
	upgrade: (call, options) =>
		change(call, options, world => planUpgrade(world, options.flags.has('with-new-pkgs') || call.name === 'apt'), true),
	'dist-upgrade': (call, options) => change(call, options, world => planUpgrade(world, true), true),
	'full-upgrade': (call, options) => change(call, options, world => planUpgrade(world, true), true),
	install: (call, options) => change(call, options, world => planInstall(world, options), false),
	reinstall(call, options) {
		options.flags.add('reinstall');
		return change(call, options, world => planInstall(world, options), false);
	},
	remove: (call, options) => change(call, options, world => planRemove(world, options.words), false),
	purge: (call, options) => change(call, options, world => planRemove(world, options.words), false),
	autoremove: (call, options) => change(call, options, planAutoremove, false),
	check: call => locked(call, 'dpkg', () => check(call)),
	clean: call => locked(call, 'dpkg', () => clean(call)),
	autoclean: call => locked(call, 'dpkg', () => 0),
	changelog,
};

type World = Call['machine']['world'];

/** Everything that changes what is installed; `-s` only shows it. */
async function change(
	call: Call,
	options: AptOptions,
	planOf: (world: World) => Plan,
	isUpgrade: boolean,
): Promise<number> {
	const {flags} = options;
	const shows = flags.has('simulate') || flags.has('print-uris');
	if (!shows) return await locked(call, 'dpkg', () => carryOut(call, options, planOf, isUpgrade));
	if (flags.has('simulate') && !call.machine.isRoot && options.quiet === 0) call.out(note);
	return await carryOut(call, options, planOf, isUpgrade);
}

async function carryOut(
	call: Call,
	options: AptOptions,
	planOf: (world: World) => Plan,
	isUpgrade: boolean,
): Promise<number> {
	const {machine} = call;
	const {flags, quiet} = options;
	const say = (text: string) => (quiet > 1 ? undefined : call.out(text));
	say('Reading package lists...\n');
	await machine.pass(300, {user: 0.3});
	say('Building dependency tree...\nReading state information...\n');
	if (isUpgrade) say('Calculating upgrade...\n');
	await machine.pass(200, {user: 0.3});
	const plan = planOf(machine.world);
	for (const line of plan.notes) say(`${line}\n`);
	if (plan.error && (itemsOf(plan).length === 0 || !flags.has('simulate'))) return fail(call, ...plan.error);
	if (flags.has('print-uris')) {
		call.out(uris(itemsOf(plan)));
		return 0;
	}
	say(planText(machine.world, plan));
	if (flags.has('simulate')) {
		call.out(simulation(machine.world, plan));
		return 0;
	}
	if (isIdle(machine.world, plan)) return 0;
	if (plan.remove.length > 0 && flags.has('no-remove'))
		return fail(call, 'E: Packages need to be removed but remove is disabled.');
	if (plan.downgrade.length > 0 && flags.has('yes') && !flags.has('allow-downgrades')) {
		return fail(call, 'E: Packages were downgraded and -y was used without --allow-downgrades.');
	}
	return await apply(call, options, plan);
}

async function apply(call: Call, options: AptOptions, plan: Plan): Promise<number> {
	const {machine} = call;
	const {flags, quiet} = options;
	const {missing, bytes, all} = await downloads(call, plan);
	const more = growth(machine.world, plan);
	if (quiet < 2) {
		if (all > 0)
			call.out(
				`Need to get ${bytes === all ? sizeWords(all) : `${sizeWords(bytes)}/${sizeWords(all)}`} of archives.\n`,
			);
		call.out(
			`After this operation, ${sizeWords(Math.abs(more))} ${more < 0 ? 'disk space will be freed' : 'of additional disk space will be used'}.\n`,
		);
	}
	if ((await machine.files.space('/var/cache/apt/archives')).free * 1024 < bytes) {
		return fail(call, "E: You don't have enough free space in /var/cache/apt/archives/.");
	}
	if (!(await agrees(call, flags))) return 1;
	await fetchAll(call, missing, quiet > 1);
	if (flags.has('download-only')) {
		call.out('Download complete and in download only mode\n');
		return 0;
	}
	return await perform(call, plan, forcesOf(dpkgOptions(options)), `${call.name} ${call.args.join(' ')}`);
}

async function agrees(call: Call, flags: Set<string>): Promise<boolean> {
	if (flags.has('yes')) return true;
	call.out('Do you want to continue? [Y/n] ');
	const piped = call.stdin === '' ? undefined : call.stdin.split('\n')[0];
	const typed = piped === undefined && call.machine.hasTerminal ? await call.machine.line() : piped;
	const line = flags.has('assume-no') ? 'N' : typed;
	if (flags.has('assume-no')) call.out('N\n');
	if (line !== undefined && /^\s*(y.*)?$/i.test(line)) return true;
	call.out('Abort.\n');
	return false;
}

/** With the locks of apt, for root alone, and not on top of an interrupted dpkg. */
async function locked(call: Call, which: 'dpkg' | 'lists', work: () => Promise<number> | number): Promise<number> {
	const {machine} = call;
	const {world} = machine;
	const file = which === 'dpkg' ? '/var/lib/dpkg/lock-frontend' : '/var/lib/apt/lists/lock';
	const what = which === 'dpkg' ? `the dpkg frontend lock (${file})` : 'directory /var/lib/apt/lists/';
	const verb = which === 'dpkg' ? 'acquire' : 'lock';
	if (!machine.isRoot) {
		return fail(
			call,
			`E: Could not open lock file ${file} - open (13: Permission denied)`,
			`E: Unable to ${verb} ${what}, are you root?`,
		);
	}
	if (world.packaging) {
		const {pid, program} = world.packaging;
		return fail(
			call,
			`E: Could not get lock ${file}. It is held by process ${pid} (${program})`,
			`E: Unable to ${verb} ${what}, is another process using it?`,
		);
	}
	if (which === 'dpkg' && world.isInterrupted) {
		return fail(call, "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. ");
	}
	world.packaging = {pid: machine.newPid(), program: call.name};
	try {
		return await work();
	} finally {
		delete world.packaging;
	}
}

async function check(call: Call): Promise<number> {
	call.out('Reading package lists...\n');
	await call.machine.pass(300, {user: 0.3});
	call.out('Building dependency tree...\nReading state information...\n');
	const broken = unfinished(call.machine.world);
	if (broken.length > 0) call.out(`${broken.length} not fully installed or removed.\n`);
	return 0;
}

async function clean(call: Call): Promise<number> {
	const {files} = call.machine;
	const folder = '/var/cache/apt/archives';
	for (const name of await files.readdir(folder)) if (name.endsWith('.deb')) await files.rm(`${folder}/${name}`);
	return 0;
}

const note = `NOTE: This is only a simulation!
      apt-get needs root privileges for real execution.
      Keep also in mind that locking is deactivated,
      so don't depend on the relevance to the real current situation!
`;

function fail(call: Call, ...lines: string[]): number {
	for (const line of lines) call.err(`${line}\n`);
	return 100;
}
