import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {LinkLost} from '../../../source/runtime/hosts/host.ts';
import {localShell} from '../../../source/runtime/hosts/local-shell.ts';
import type {Channel, Shell} from '../../../source/runtime/hosts/shell.ts';
import {Standing} from '../../../source/runtime/hosts/standing.ts';
import {nap, until} from '../../helpers/task-host.ts';

const local = localShell();
after(() => local.close());

/** Says its process id and the word; `leave` ends it, `sleep` takes long. */
const program = `while read -r marker word; do
	case $word in leave) exit ;; sleep*) $(echo "$word" | tr _ ' ') ;; esac
	echo "$$ $word"
	echo "$marker end"
done`;

/** A shell that keeps what was opened. */
function watched(): {shell: Shell; channels: Channel[]} {
	const channels: Channel[] = [];
	const open: Shell['open'] = async (...words) => {
		const channel = await local.open(...words);
		channels.push(channel);
		return channel;
	};
	return {shell: {...local, open}, channels};
}

const wordsOf = ({text}: {text: string}) => text.trimEnd().split(' ');

test('One process answers all questions, each after the one before', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	const answers = await Promise.all(['a', 'b', 'c'].map(word => standing.ask(word, 5000)));
	assert.deepEqual(
		answers.map(answer => wordsOf(answer)[1]),
		['a', 'b', 'c'],
	);
	assert.equal(new Set(answers.map(answer => wordsOf(answer)[0])).size, 1);
	assert.equal(new Set(answers.map(({marker}) => marker)).size, 3);
	assert.equal(channels.length, 1);
});

test('A program that was ended meanwhile is begun again, and whoever asks does not notice', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	const [before] = wordsOf(await standing.ask('a', 5000));
	channels[0]!.kill();
	const [now, word] = wordsOf(await standing.ask('b', 5000));
	assert.equal(word, 'b');
	assert.notEqual(now, before);
	assert.equal(channels.length, 2);
});

test('A question that ends the program each time is a lost link, and the next one is answered', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	await standing.ask('a', 5000);
	await assert.rejects(standing.ask('leave', 5000), LinkLost);
	assert.equal(channels.length, 2);
	assert.equal(wordsOf(await standing.ask('b', 5000))[1], 'b');
});

test('An answer that does not come is a lost link', async () => {
	const long = nap();
	const standing = new Standing(local, program);
	await assert.rejects(standing.ask(long.sleep.replace(' ', '_'), 300), LinkLost);
	for (const process_ of await until(() => long.processes())) process.kill(process_);
});

test('The program ends with its channel', async () => {
	const {shell, channels} = watched();
	const [id] = wordsOf(await new Standing(shell, program).ask('a', 5000));
	channels[0]!.kill();
	await until(() => {
		try {
			return !process.kill(Number(id), 0);
		} catch {
			return true;
		}
	});
});
