import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText} from '../../../../source/core/text/row.ts';
import {frameRows} from '../../../../source/views/ui/run/frame-rows.ts';
import {press} from '../../../../source/views/ui/run/press.ts';
import {contextOf} from '../../../helpers/a-model.ts';
import {type TableWorld, type ToldRun, toldRun} from '../../../helpers/told-run.ts';

const document = '# T\n## Reboot\n~~~sh {name=it reboots}\nreboot\n~~~\n## After\n- [ ] look\n';

function rebooting(world: TableWorld): ToldRun {
	const run = toldRun(document);
	run.world = world;
	return run.does({type: 'run', block: 'reboot/it', confirmed: 'name'});
}

function away(): ToldRun {
	const run = rebooting({deaf: ['connect']});
	run.observe({type: 'unreachable', why: 'no answer'});
	return run;
}

function late(): ToldRun {
	const run = away();
	run.observe({type: 'boot-late', task: 't0001', which: 'limit', after: 600_000, console: 'https://ilo\u001b[2J'});
	return run;
}

const shown = (run: ToldRun): string => frameRows(contextOf(run)).map(rowText).join('\n');

test('a host that is away shows the phases of its reboot, and a banner', () => {
	const text = shown(away());
	assert.match(text, /^REBOOT, .*: unreachable; trying now/m);
	assert.match(text, /going down\s*\n.*unreachable/);
	assert.match(text, /Rebooting: unreachable/);
});

test('a host that is not back in time is asked about, with its console', () => {
	const text = shown(late());
	assert.match(text, /not back from its reboot after 10m\s*\n\s*\(unreachable\)/);
	assert.match(text, /Look at its console: https:\/\/ilo/);
	assert.doesNotMatch(text, /\u001b/);
	assert.match(text, /w wait on {3}f give up/);
});

test('w waits on and f asks why it is given up, while the connection is lost', () => {
	const context = contextOf(late(), {model: {lost: 1}});
	assert.deepEqual(press(context, 'w').next, {do: 'tell', intent: {type: 'wait', task: 't0001'}});
	assert.equal(press(context, 'f').ui.overlay?.kind, 'field');
});

test('a command that is over can be neither cancelled nor answered, though its reboot is not', () => {
	const context = contextOf(away());
	for (const key of ['x', 'i']) assert.match(press(context, key).ui.message ?? '', /nothing is running/);
});

test('units that failed with a reboot are told of until the next change', () => {
	assert.match(shown(rebooting({failing: ['nginx.service']})), /^! failed since the reboot: nginx\.service/m);
});

test('a reboot that no block asked for is a banner', () => {
	const run = toldRun(document);
	run.observe({type: 'link-lost', why: 'x'});
	run.observe({type: 'met', identity: run.host.identity!, bootId: 'b7', facts: {}});
	assert.match(shown(run), /^REBOOTED, and no block asked for it: boot b7 after b1; guards anew/m);
});
