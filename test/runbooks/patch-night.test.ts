import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {runbookPlaces} from '../../source/commands/runbook-places.ts';
import {surroundings} from '../../source/commands/surroundings.ts';
import {question} from '../../source/core/run/question.ts';
import {reply} from '../../source/core/run/unattended.ts';
import {startRun} from '../../source/runtime/engine/open-run.ts';
import {loadRunbook} from '../../source/runtime/settings/load-runbook.ts';
import {siteOf} from '../../source/runtime/settings/site.ts';
import {fakeIo} from '../helpers/fake-io.ts';
import {Program} from '../helpers/program.ts';

const flags = ['-H', 'practice', '--plain', '--yes', '--confirm', 'web1', '--skip-manual', 'demo'];
const fast = {HANDRAIL_PRACTICE_SPEED: '0'};
const trouble = {...fast, HANDRAIL_PRACTICE_SCENARIO: 'kept-file'};
const limit = {timeout: 120_000};

test(
	'a whole patch night is walked unattended within 45 seconds, and each of its ways back leads back',
	limit,
	async context => {
		const program = new Program(context);
		const began = performance.now();
		const {code, out} = await program.run(['run', 'linux-patching', ...flags]);
		const seconds = (performance.now() - began) / 1000;
		assert.equal(code, 0, out);
		assert.ok(seconds < 45, `${seconds} s`);
		assert.match(out, /^ +\| openssl +3\.0\.15-1~deb12u1 +3\.0\.17-1~deb12u2 +(yes:\n +\| +)?CVE-2024-13176$/m);
		assert.match(out, /16 packages are as planned/);
		assert.match(out, /up since .*, with kernel 6\.1\.0-31-amd64/);
		assert.match(out, /started again: apt-daily\.timer apt-daily-upgrade\.timer/);
		assert.doesNotMatch(out, /could not be checked|not found/);
		const [run] = await program.runs();
		assert.equal((await program.run(['verify', run!.id])).code, 0);

		const options = JSON.parse((await program.run(['rollback', run!.id, '--list', '--json'])).out) as {
			name: string;
			available: string;
		}[];
		const open = options.filter(({available}) => available === 'yes').map(({name}) => name);
		assert.deepEqual(open, Object.keys(waysBack));
		assert.ok(options.every(({available}) => available !== 'unknown'));
		for (const [option, said] of Object.entries(waysBack)) {
			const back = await program.run(['rollback', run!.id, '--option', option, ...flags.slice(2)]);
			assert.equal(back.code, 0, back.out);
			assert.match(back.out, said);
			assert.equal((await program.runs())[0]!.end, 'rolled-back');
		}
	},
);

/** What can be taken back on this server after a calm night, and the last word of each. */
const waysBack = {
	'boot-the-previous-kernel': /kernel 6\.1\.0-28-amd64 is running/,
	'downgrade-the-packages': /every package of the plan has its old version again/,
	'restore-etc-from-the-backup': /\/etc is as it was at the backup/,
};

test('a full copy on another disk is a way back, and leads back', limit, async context => {
	const night = await begin(context, fast, {BACKUP_DIR: '/backup/handrail'});
	await night.walk({'is-there-a-way-back/1': 'full-copy-with-rsync'});
	assert.equal(night.session.state.ended, 'completed', night.asked);
	assert.match(night.outputOf('full-copy-with-rsync/copied'), /^programs and configuration are copied/);
	await night.session.close();
	const back = await night.program.run(
		['rollback', night.run, '--option', 'put-the-copied-system-back', ...flags.slice(2)],
		{env: fast},
	);
	assert.equal(back.code, 0, back.out);
	assert.match(back.out, /every package has the version from before/);
	assert.match(back.out, /rebooted: .*, kernel 6\.1\.0-28-amd64 after 6\.1\.0-31-amd64/);
});

test('named packages alone are a night, with what they need', limit, async context => {
	const night = await begin(context, fast, {BACKUP_DIR: '/backup/handrail', PACKAGES: 'curl rsync'});
	await night.walk({'which-updates-tonight/1': 'named-packages-only', 'is-there-a-way-back/1': 'full-copy-with-tar'});
	assert.equal(night.session.state.ended, 'completed', night.asked);
	assert.match(night.outputOf('the-plan/plan'), /^libcurl4 .*\ncurl .*\nrsync .*\n$/);
	assert.match(night.outputOf('full-copy-with-tar/archived'), /system\.tgz: OK$/m);
	assert.equal(night.outputOf('commands-to-run/installed'), '3 packages are as planned\n');
});

test('a night without anything to update ends as it began', limit, async context => {
	const night = await begin(context, {...fast, HANDRAIL_PRACTICE_SCENARIO: 'up-to-date'});
	await night.walk();
	assert.equal(night.session.state.ended, 'completed', night.asked);
	assert.match(night.outputOf('what-it-means/pending'), /^0 packages: 0 for security, 0 new/m);
});

test('security updates alone are a night as well, without what is not for security', limit, async context => {
	const night = await begin(context, fast);
	await night.walk({'which-updates-tonight/1': 'security-updates-only'});
	assert.equal(night.session.state.ended, 'completed', night.asked);
	const plan = night.outputOf('the-plan/plan');
	assert.match(plan, /^openssl amd64 3\.0\.15-1~deb12u1 3\.0\.17-1~deb12u2 Debian-Security:/m);
	assert.match(plan, /^linux-image-6\.1\.0-31-amd64 amd64 - 6\.1\.128-1 /m);
	assert.doesNotMatch(plan, /^tzdata|^base-files/m);
});

test(
	'a kept configuration file stops the upgrade; the first entry knows why, and its repair lets the night go on',
	limit,
	async context => {
		const night = await begin(context, trouble);
		await night.walk();
		assert.equal(night.asked, 'failure commands-to-run/apply');
		assert.equal(night.entries[0], 'the-script-of-a-package-failed');
		await night.session.tell({type: 'visit', section: 'the-script-of-a-package-failed'});
		await night.walk();
		assert.equal(night.asked, 'failure commands-to-run/apply', 'the visit has returned');
		assert.match(night.outputOf('the-script-of-a-package-failed/compare'), /^-\s*ssl on;$/m);
		await night.session.tell({type: 'run', block: 'commands-to-run/apply', confirmed: 'y'});
		await night.walk();
		assert.equal(night.session.state.ended, 'completed', night.asked);
	},
);

test(
	'the same failure ends an unattended run with 1; its way back ends rolled back, everything as before',
	limit,
	async context => {
		const program = new Program(context);
		const {code, out} = await program.run(['run', 'linux-patching', ...flags], {env: trouble});
		assert.equal(code, 1, out);
		const [run] = await program.runs();
		const back = await program.run(['rollback', run!.id, '--option', 'downgrade', ...flags.slice(2)], {env: trouble});
		assert.equal(back.code, 0, back.out);
		assert.match(back.out, /every package of the plan has its old version again/);
		assert.equal((await program.runs())[0]!.end, 'rolled-back');
	},
);

test('one package with a hole is patched, with all that is built from the same source', limit, async context => {
	const program = new Program(context);
	const words = ['run', 'emergency-security-patch', ...flags, '--var', 'PACKAGE=openssl'];
	const {code, out} = await program.run(words, {env: fast});
	assert.equal(code, 0, out);
	assert.match(out, /libssl3: 3\.0\.15-1~deb12u1 -> 3\.0\.17-1~deb12u2/);
	const [run] = await program.runs();
	const back = await program.run(['rollback', run!.id, '--option', 'back', ...flags.slice(2)], {env: fast});
	assert.equal(back.code, 0, back.out);
});

/** A night in this process, answered as an unattended run is. */
async function begin(context: TestContext, env: Record<string, string>, inputs: Record<string, string> = {}) {
	const program = new Program(context);
	const io = fakeIo({env: {...program.env, ...env}});
	const around = await surroundings(io, siteOf(undefined, []));
	const loaded = await loadRunbook('linux-patching', runbookPlaces(process.cwd()));
	const {session, begin} = await startRun(around, {loaded, hosts: ['practice'], trusted: true, inputs});
	context.after(() => session.close());
	const allowed = {yes: true, confirm: ['practice'], skipManual: 'demo', trust: true, retry: new Set<string>()};
	await begin();
	return {
		session,
		program,
		run: session.state.beginning!.run,
		get asked(): string {
			const asked = question(session.state);
			return asked && 'item' in asked ? `${asked.kind} ${asked.item.id}` : (asked?.kind ?? 'nothing');
		},
		get entries(): string[] {
			const asked = question(session.state);
			return asked?.kind === 'failure' ? asked.entries : [];
		},
		outputOf(block: string): string {
			const run = session.state.beginning!.run;
			return program.outputs(run)[block] ?? '';
		},
		/** Goes on until a failure or the end. */
		async walk(choose: Record<string, string> = {}): Promise<void> {
			for (;;) {
				await session.until(
					() => question(session.state) !== undefined || session.state.ended !== undefined,
					AbortSignal.timeout(60_000),
				);
				const asked = question(session.state);
				if (!asked || asked.kind === 'failure') return;
				if (asked.kind === 'choice' && choose[asked.item.id]) {
					await session.tell({type: 'choose', block: asked.item.id, section: choose[asked.item.id]!});
				} else {
					const answer = reply(asked, allowed);
					assert.ok('tell' in answer, JSON.stringify(answer));
					assert.equal(await session.tell(answer.tell), undefined);
				}
			}
		},
	};
}
