import assert from 'node:assert/strict';
import {describe, type TestContext, test} from 'node:test';
import {until} from '../../helpers/task-host.ts';
import {aptRepository} from '../apt-repository.ts';
import {labVersions} from '../debian-state.ts';
import type {LabHost} from '../lab-host.ts';
import {labPackages} from '../lab-packages.ts';
import {labRpms} from '../lab-rpms.ts';
import {type LabRun, labRun} from '../lab-run.ts';
import {hasNoLab} from '../needs-lab.ts';
import {type Night, resumeNight, rollBack, walkNight} from '../night.ts';
import {commandOfPage} from '../part-of-page.ts';
import {rpmRepository} from '../rpm-repository.ts';
import {german} from './german.ts';
import {type HeldUp, heldUp, untilHeldUp} from './held-up.ts';
import {stateFailed} from './state-failed.ts';

type Cut = {
	/** The block in the midst of which the power goes. */
	block: string;
	at: HeldUp | 'lab-slow';
	/** How the program ends then: 3 where nobody can say how the block ended, 1 where a check has spoken, 0 where it repeats it. */
	code: 0 | 1 | 3;
	/** What happens to the host on the way there. */
	before?: (host: LabHost) => Promise<void>;
	/** What a person does before the run goes on. */
	mend?: (it: LabRun, night: Night) => Promise<void>;
};

const mended = ['configure', 'mend'].map(name => commandOfPage(`dpkg-was-interrupted/${name}`).script).join('\n');
const state = async (it: LabRun, night: Night) => await stateFailed(it, night.run);

const cuts: Cut[] = [
	{
		block: 'take-it-out-of-service/leave',
		at: {name: 'silence', program: '/etc/patching/silence'},
		code: 3,
		mend: state,
	},
	{
		block: 'save-the-package-list-and-etc/etc',
		// Half an archive.
		at: {
			name: 'tar',
			program: '/usr/local/bin/tar',
			words: '*-czpf*',
			first: '/usr/bin/tar "$@"; truncate -s 2000 "$4"',
		},
		code: 1,
	},
	{
		block: 'commands-to-run/download',
		at: {name: 'download', program: '/usr/local/bin/apt-get', words: '*--download-only*'},
		code: 3,
		mend: state,
	},
	{
		block: 'commands-to-run/apply',
		at: 'lab-slow',
		code: 1,
		async mend({host}) {
			await host.exec(`${mended}\ntouch /run/reboot-required`);
		},
	},
	{
		block: 'checking-the-application/application',
		at: {name: 'test', program: '/etc/patching/test'},
		// The power goes while it reboots, too, and it has to be switched on.
		async before(host) {
			await untilOff(host);
			await host.powerCut();
		},
		code: 0,
	},
];

/** Resolves once lab-slow is being set up. */
async function untilSlow(host: LabHost): Promise<void> {
	await until(async () => (await host.exec('pgrep -f "[l]ab-slow.postinst|/rpm-tm[p]" || :')) !== '', 90_000);
}

async function untilOff(host: LabHost): Promise<void> {
	const isOff = () =>
		host.exec(':').then(
			() => false,
			() => true,
		);
	await until(isOff, 90_000);
}

async function cutAt(it: LabRun, {at, before}: Cut, walking: Promise<Night>): Promise<Night> {
	let isOver = false;
	const ended = walking.finally(() => {
		isOver = true;
	});
	await before?.(it.host);
	if (at === 'lab-slow') await untilSlow(it.host);
	else await untilHeldUp(it.host, at.name, () => isOver);
	await it.host.powerCut();
	return await ended;
}

async function due(context: TestContext, family: 'debian' | 'rhel' | 'suse'): Promise<LabRun> {
	const holding = cuts.flatMap(({at}) => (at === 'lab-slow' ? [] : [at]));
	const files = {...german, ...(family === 'debian' && heldUp(holding))};
	const it = await labRun(context, {family, user: 'admin', disk: 512, rebootAfter: 'never', files});
	await it.host.exec('chmod 755 /etc/patching/* /usr/local/bin/* 2> /dev/null || :');
	const options = {slow: 12};
	if (family === 'debian') await aptRepository(context, it.host, labPackages(options));
	else await rpmRepository(context, it.host, labRpms(family, options));
	return it;
}

const limit = {timeout: 180_000};

describe('A host that loses its power', {skip: hasNoLab, concurrency: 3}, () => {
	test('in each phase of a night says what is unknown, and the night is completed', limit, async context => {
		const it = await due(context, 'debian');
		let night = await cutAt(it, cuts[0]!, walkNight(it));
		for (const [number, cut] of cuts.entries()) {
			if (number > 0) night = await cutAt(it, cut, resumeNight(it));
			assert.equal(night.code, cut.code, `${cut.block}: ${night.said}`);
			const ends = night.events.flatMap(event =>
				event.type === 'block.ended' && event.block === cut.block ? [event.end] : [],
			);
			assert.equal(ends.at(-1), {0: 'done', 1: 'failed', 3: 'unknown'}[cut.code], cut.block);
			await cut.mend?.(it, night);
		}
		assert.equal(night.end, 'completed');
		assert.deepEqual(
			(await labVersions(it.host)).filter(each => /^lab-.* 1/.test(each)),
			[],
		);
		assert.equal(await it.host.exec('dpkg --audit'), '');
		assert.match(night.output('save-the-package-list-and-etc/readable'), /etc\/passwd\netc\/hosts\n$/);
		assert.equal(it.host.boots.length, 7, 'each cut, and one while it rebooted');
		assert.equal(it.host.read('/var/log/patching'), 'silence\ntest\n');
	});

	for (const {family, option, left} of [
		{family: 'rhel', option: 'undo', left: /^$/},
		{family: 'suse', option: 'old-packages', left: /^kernel-default-2\.0-1\.noarch$/},
	] as const) {
		test(`while ${family} installs packages is taken back, half-installed ones too`, limit, async context => {
			const it = await due(context, family);
			const before = (await it.host.exec('rpm -qa')).split('\n');
			const night = await cutAt(it, {block: 'commands-to-run/apply', at: 'lab-slow', code: 1}, walkNight(it));
			assert.equal(night.code, 1, night.said);
			assert.match(night.output('commands-to-run/installed'), /^lab-slow: 1\.0-1 is still there$/m);
			const again = await resumeNight(it);
			assert.equal(again.code, 1, again.said);
			assert.match(again.said, /; see "[^"]*Packages are installed in two versions"/);
			const back = await rollBack(it, night, option);
			assert.equal(back.code, 0, back.said);
			assert.equal(back.end, 'rolled-back');
			const after = (await it.host.exec('rpm -qa')).split('\n');
			assert.deepEqual(
				before.filter(each => !after.includes(each)),
				[],
			);
			assert.match(after.filter(each => !before.includes(each)).join(), left);
			assert.equal(await it.host.exec('rpm -V lab-slow lab-plain lab-settings'), '');
		});
	}
});
