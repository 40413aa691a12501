import assert from 'node:assert/strict';
import {test} from 'node:test';
import {main} from '../../source/commands/main.ts';
import {fakeIo} from '../helpers/fake-io.ts';

async function told(words: string[]) {
	const io = fakeIo();
	const code = await main(words, io);
	return {code, out: io.out(), err: io.err()};
}

test('probe local --json has the host, facts and gauges with their time, and the transport', async () => {
	const {code, out} = await told(['probe', 'local', '--json']);
	const {host, facts, gauges, transport} = JSON.parse(out);
	assert.equal(code, 0);
	assert.equal(host, 'local');
	assert.deepEqual(Object.keys(facts.family), ['value', 'at']);
	assert.deepEqual(Object.keys(gauges.mem).sort(), ['at', 'state', 'unit', 'value', 'why']);
	assert.match(transport, /^this machine/);
});

test('probe local prints facts and gauges', async () => {
	const {code, out} = await told(['probe', 'local']);
	assert.equal(code, 0);
	assert.match(out, /^local: this machine.*\n\nFacts\n {2}name .*\n[\s\S]*\n\nGauges\n {2}cpu /);
});

const wrong: string[][] = [['probe'], ['probe', 'a', 'b'], ['probe', '']];
for (const words of wrong) {
	test(`"handrail ${words.join(' ')}" is wrong usage`, async () => {
		const {code, err} = await told(words);
		assert.equal(code, 2);
		assert.match(err, /^handrail: .+\n {2}.+\n$/);
	});
}
