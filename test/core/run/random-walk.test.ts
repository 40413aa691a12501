import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {effects} from '../../../source/core/run/effects.ts';
import {fold} from '../../../source/core/run/evolve.ts';
import {question} from '../../../source/core/run/question.ts';
import type {RunState} from '../../../source/core/run/state.ts';
import {obligations} from '../../../source/core/run/walk.ts';
import type {Runbook} from '../../../source/core/runbook/model.ts';
import {beginWalk, randomOf, randomStep, spiced, type Walk, willingStep} from '../../helpers/random-walk.ts';
import {runbookValues} from '../../helpers/runbook-values.ts';

const seeds = fc.integer({min: 0, max: 2 ** 31});
const numRuns = 150;

for (const isNonsense of [false, true]) {
	const title = isNonsense
		? 'whatever is told of whatever, nothing is thrown and no run is lost'
		: 'a run of any runbook, answered in any way, comes to an end and is never stuck';
	test(title, () => {
		fc.assert(
			fc.property(runbookValues(), seeds, (runbook, seed) => walkAtRandom(runbook, seed, isNonsense)),
			{numRuns},
		);
	});
}

function walkAtRandom(runbook: Runbook, seed: number, isNonsense: boolean): void {
	const random = randomOf(seed);
	const walk = beginWalk(spiced(runbook, random), ['web1', 'web2'], random(2) === 0);
	try {
		for (let step = 0; step < 150 && !walk.state.ended; step++) {
			randomStep(walk, random, isNonsense);
			assertNotStuck(walk.state);
		}
		assertFolds(walk);
		for (let step = 0; !walk.state.ended; step++) {
			assert.ok(step < 2000, 'a willing person never comes to the end');
			willingStep(walk);
		}
		assertFolds(walk);
		assertOver(walk.state);
	} catch (error) {
		throw new Error(`${(error as Error).message}\nafter ${walk.trace.slice(-40).join('\n')}`, {cause: error});
	}
}

function assertNotStuck(state: RunState): void {
	if (state.ended || state.left !== undefined) return;
	assert.ok(question(state) || effects(state).length > 0, 'stuck: nothing is asked and nothing is to be done');
}

/** The state is the fold of the events, and of the events as the journal keeps them. */
function assertFolds({state, events}: Walk): void {
	const kept = JSON.parse(JSON.stringify(events));
	assert.deepEqual(plain(fold(state.runbook, events)), plain(state));
	assert.deepEqual(plain(fold(state.runbook, kept)), plain(state));
}

const plain = (state: RunState) => JSON.parse(JSON.stringify({...state, runbook: undefined}));

function assertOver(state: RunState): void {
	assert.deepEqual(effects(state), []);
	assert.equal(question(state), undefined);
	for (const host of Object.values(state.hosts)) {
		if (host.ended && host.link) assert.deepEqual(obligations(state, host), [], 'nothing is owed after the end');
	}
}
