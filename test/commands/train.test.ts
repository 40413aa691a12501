import assert from 'node:assert/strict';
import {test} from 'node:test';
import {main} from '../../source/commands/main.ts';
import {fakeIo} from '../helpers/fake-io.ts';

const run = async (...words: string[]) => {
	const io = fakeIo();
	const code = await main(['train', ...words], io);
	return {code, out: io.out(), error: io.err()};
};

test('the scenarios are listed with a name, a title and minutes', async () => {
	const {code, out} = await run('--list', '--json');
	assert.equal(code, 0);
	const scenarios = JSON.parse(out) as {name: string; title: string; minutes: number}[];
	assert.ok(scenarios.some(({name}) => name === 'kept-file'));
	for (const {name, title, minutes} of scenarios) assert.ok(/^[a-z-]+$/.test(name) && title.length > 10 && minutes > 0);
});

for (const [words, message] of [
	[['conflie'], /no scenario "conflie"\n.*conffile/],
	[[], /needs a terminal\n.*handrail run linux-patching -H practice/],
	[['calm', '--speed', 'fast'], /needs a terminal/],
	[['calm', 'conffile'], /Too much/],
] as const) {
	test(`train ${words.join(' ')} without a terminal is wrong usage, and says what to do`, async () => {
		const {code, error} = await run(...words);
		assert.equal(code, 2);
		assert.match(error, message);
	});
}
