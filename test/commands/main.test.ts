import assert from 'node:assert/strict';
import {test} from 'node:test';
import {defineCommand, Failure} from '../../source/commands/command.ts';
import {main} from '../../source/commands/main.ts';
import {fakeIo} from '../helpers/fake-io.ts';

const sing = defineCommand({
	name: 'sing',
	summary: 'Sings a song',
	usage: 'sing SONG [--loud] [--voice PART]\nsing SONG --key KEY\n    [--and MORE]',
	flags: {
		loud: {type: 'boolean', help: 'so that all hear it'},
		voice: {type: 'string', multiple: true, value: 'PART', help: 'who sings'},
		key: {type: 'string', choices: ['major', 'minor'], help: 'the key'},
	},
	arguments: {minimum: 1, maximum: 2},
	async run({arguments: songs, flags, io}) {
		if (songs[0] === 'wrong') throw new Failure('Cannot sing\nthat \u001b[31m', 'Sing another.', 5);
		if (songs[0] === 'bug') throw new TypeError('x is not a\u001b]52;c;aaaa\u0007 function');
		io.stdout.write(JSON.stringify({songs, ...flags}));
		return 0;
	},
});
const table = {sing: async () => ({command: sing})};

async function sung(words: string[], env: NodeJS.ProcessEnv = {}) {
	const io = fakeIo({env});
	const code = await main(words, io, table);
	return {code, out: io.out(), err: io.err()};
}

const right: [string[], object][] = [
	[['a'], {songs: ['a'], loud: false, voice: []}],
	[['a', 'b', '--loud'], {songs: ['a', 'b'], loud: true, voice: []}],
	[['--voice', 'alto', 'a', '--voice=bass'], {songs: ['a'], loud: false, voice: ['alto', 'bass']}],
	[['a', '--voice=--x'], {songs: ['a'], loud: false, voice: ['--x']}],
	[['a', '--voice', '-'], {songs: ['a'], loud: false, voice: ['-']}],
	[['--', '--loud'], {songs: ['--loud'], loud: false, voice: []}],
	[['a', '--key', 'major'], {songs: ['a'], loud: false, voice: [], key: 'major'}],
];
for (const [words, seen] of right) {
	test(`"sing ${words.join(' ')}" reaches the command as it was given`, async () => {
		const {code, out, err} = await sung(['sing', ...words]);
		assert.deepEqual([code, JSON.parse(out), err], [0, seen, '']);
	});
}

const wrong: [string[], string][] = [
	[['snig', 'a'], 'handrail: There is no command "snig"\n  Did you mean handrail sing?\n'],
	[['toString'], 'handrail: There is no command "toString"\n  See handrail --help\n'],
	[['--loud'], 'handrail: There is no flag --loud before a command\n  See handrail --help\n'],
	[
		['sing'],
		'handrail: Something is missing: handrail sing SONG [--loud] [--voice PART]\n  See handrail sing --help\n',
	],
	[
		['sing', 'a', 'b', 'c'],
		'handrail: Too much: "c" has no place in handrail sing SONG [--loud] [--voice PART]\n  See handrail sing --help\n',
	],
	[['sing', 'a', '--luod'], 'handrail: sing has no flag --luod\n  Did you mean --loud?\n'],
	[['sing', 'a', '-l'], 'handrail: sing has no flag -l\n  See handrail sing --help\n'],
	[['sing', 'a', '--no-loud'], 'handrail: sing has no flag --no-loud\n  See handrail sing --help\n'],
	[['sing', 'a', '--loud=yes'], 'handrail: --loud takes no value\n  See handrail sing --help\n'],
	[['sing', 'a', '--loud', '--loud'], 'handrail: --loud is given twice\n  See handrail sing --help\n'],
	[['sing', 'a', '--voice'], 'handrail: --voice needs a value: --voice PART\n  See handrail sing --help\n'],
	[
		['sing', 'a', '--voice', '--loud'],
		'handrail: --voice needs a value, and "--loud" looks like a flag\n  If it is the value, write --voice=--loud\n',
	],
	[
		['sing', 'a', '--key', 'mayor'],
		'handrail: --key is one of major, minor, not "mayor"\n  Did you mean --key major?\n',
	],
	[['sing', 'a', '--key', 'c'], 'handrail: --key is one of major, minor, not "c"\n  See handrail sing --help\n'],
	[['sing', 'a', '--constructor'], 'handrail: sing has no flag --constructor\n  See handrail sing --help\n'],
];
for (const [words, said] of wrong) {
	test(`"${words.join(' ')}" is refused with exit code 2`, async () => {
		assert.deepEqual(await sung(words), {code: 2, out: '', err: said});
	});
}

for (const words of [[], ['help'], ['--help'], ['-h']]) {
	test(`"${words.join(' ')}" prints the commands`, async () => {
		const {code, out} = await sung(words);
		assert.equal(code, 0);
		assert.match(out, /^ {2}sing {2}Sings a song$/m);
	});
}

for (const words of [
	['sing', '--help'],
	['sing', '-h', '--loud'],
	['help', 'sing'],
]) {
	test(`"${words.join(' ')}" prints every usage line and every flag`, async () => {
		const {code, out} = await sung(words);
		assert.equal(code, 0);
		assert.match(
			out,
			/^Usage: handrail sing SONG \[--loud\] \[--voice PART\]\n {7}handrail sing SONG --key KEY\n {11}\[--and MORE\]$/m,
		);
		assert.match(out, /^ {6}--loud {13}so that all hear it$/m);
		assert.match(out, /^ {6}--voice PART {7}who sings \(may be repeated\)$/m);
		assert.match(out, /^ {6}--key major\|minor {2}the key$/m);
	});
}

test('a failure ends with its own code and two harmless lines', async () => {
	const {code, err} = await sung(['sing', 'wrong']);
	assert.deepEqual([code, err], [5, 'handrail: Cannot sing that \ufffd[31m\n  Sing another.\n']);
});

test('an error of the program itself is one line and a place, without a stack trace', async () => {
	const {code, err} = await sung(['sing', 'bug']);
	assert.equal(code, 1);
	assert.match(
		err,
		/^handrail stopped on an error of its own: x is not a\ufffd\]52;c;aaaa\ufffd function\n {2}The details are in \S+; .*\n$/,
	);
});

test('with HANDRAIL_DEBUG=1 an error of the program itself shows its stack', async () => {
	const {err} = await sung(['sing', 'bug'], {HANDRAIL_DEBUG: '1'});
	assert.match(err, /^ {4}at /m);
});
