import assert from 'node:assert/strict';
import {globSync, rmSync} from 'node:fs';
import {describe, test} from 'node:test';
import {allInstalled, dnfNight} from './dnf-night.ts';
import {hasNoLab} from './needs-lab.ts';
import {rollBack, walkNight} from './night.ts';
import {nightRpms} from './night-rpms.ts';

const limit = {timeout: 300_000};

describe('A patch night with dnf that has to stop', {skip: hasNoLab, concurrency: 3}, () => {
	test('sees that a script of a package failed, though dnf says 0, and can be taken back', limit, async context => {
		const it = await dnfNight(context, {breaks: true});
		const before = await allInstalled(it.host);
		const night = await walkNight(it);
		assert.equal(night.code, 1, night.said);
		assert.match(night.output('commands-to-run/apply'), /^Error in POSTIN scriptlet in rpm package lab-broken$/m);
		assert.match(night.output('commands-to-run/apply'), /^Complete!$/m);
		assert.match(
			night.said,
			/failed at commands-to-run\/apply; see "Troubleshooting.*A scriptlet of a package failed"/,
		);
		const back = await rollBack(it, night, 'undo');
		assert.equal(back.end, 'rolled-back', back.said);
		assert.equal(await allInstalled(it.host), before);
		assert.match(it.host.read('/var/log/patching'), /start\nrejoin\nunsilence\n$/);
	});

	test('for security alone stops where no repository says what is for security', limit, async context => {
		const it = await dnfNight(context, {hasAdvisories: false});
		const night = await walkNight(it, 'Security updates only');
		assert.equal(night.code, 1, night.said);
		assert.match(night.said, /failed at security-updates-only\/advisories/);
		assert.match(night.output('security-updates-only/advisories'), /^what is for security is unknown/m);
	});

	test(
		'changes nothing where the mirror keeps no old version, and nothing else is a way back',
		limit,
		async context => {
			const it = await dnfNight(context);
			for (const file of globSync(`${it.mirror.folder}/packages/lab-plain-1.0-1*`)) rmSync(file);
			const rpms = nightRpms();
			await it.mirror.publish(rpms.new, rpms.advisories);
			const before = await allInstalled(it.host);
			const night = await walkNight(it);
			assert.equal(night.code, 3, night.said);
			assert.equal(night.output('what-it-means/old-versions'), 'lab-plain-1.0-1.noarch\n1 old versions are lost\n');
			assert.equal(await allInstalled(it.host), before);
		},
	);
});
