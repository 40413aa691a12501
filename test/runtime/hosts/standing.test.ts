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

const question = (word: string, more = {}) => ({words: [word], patience: 5000, isRepeatable: true, ...more});
const wordsOf = ({text}: {text: string}) => text.trimEnd().split(' ');

test('One process answers all questions, each after the one before', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	const answers = await Promise.all(['a', 'b', 'c'].map(word => standing.ask(question(word))));
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
	const [before] = wordsOf(await standing.ask(question('a')));
	channels[0]!.kill();
	const [now, word] = wordsOf(await standing.ask(question('b')));
	assert.equal(word, 'b');
	assert.notEqual(now, before);
	assert.equal(channels.length, 2);
});

test('A question that ends the program each time is a lost link, and the next one is answered', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	await standing.ask(question('a'));
	await assert.rejects(standing.ask(question('leave')), LinkLost);
	assert.equal(channels.length, 2);
	assert.equal(wordsOf(await standing.ask(question('b')))[1], 'b');
});

test('A question that may not be put twice is not', async () => {
	const {shell, channels} = watched();
	const standing = new Standing(shell, program);
	await standing.ask(question('a'));
	await assert.rejects(standing.ask(question('leave', {isRepeatable: false})), LinkLost);
	assert.equal(channels.length, 1);
});

test('Whoever is asked to yield answers what was asked before, and then ends', async () => {
	const yields: (() => void)[] = [];
	const {shell, channels} = watched();
	const open: Shell['open'] = (command, stdin, wanted) => {
		if (wanted) yields.push(wanted);
		return shell.open(command, stdin);
	};
	const standing = new Standing({...shell, open}, program);
	const asked = standing.ask(question('sleep_0.2', {isRepeatable: false}));
	await until(() => yields.length > 0 && channels.length > 0);
	yields[0]!();
	assert.equal(wordsOf(await asked)[1], 'sleep_0.2');
	assert.deepEqual(await channels[0]!.ended, {exit: 0});
	assert.equal(wordsOf(await standing.ask(question('b')))[1], 'b');
	assert.equal(channels.length, 2);
});

test('An answer that does not come is a lost link', async () => {
	const long = nap();
	const standing = new Standing(local, program);
	await assert.rejects(standing.ask(question(long.sleep.replace(' ', '_'), {patience: 300})), LinkLost);
	for (const process_ of await until(() => long.processes())) process.kill(process_);
});

test('The program ends with its channel', async () => {
	const {shell, channels} = watched();
	const [id] = wordsOf(await new Standing(shell, program).ask(question('a')));
	channels[0]!.kill();
	await until(() => {
		try {
			return !process.kill(Number(id), 0);
		} catch {
			return true;
		}
	});
});
