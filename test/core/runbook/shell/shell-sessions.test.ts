import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sessionPieces} from '../../../../source/core/runbook/shell/shell-sessions.ts';

const pieces = (...lines: string[]) => sessionPieces(lines.join('\n'))?.map(({kind, text}) => [kind, text]);

test('without a prompt there are no pieces', () => {
	assert.equal(pieces('ls -l', '# comment', 'echo "$ x"'), undefined);
});

test('what follows a prompt is a command, what follows that is output', () => {
	assert.deepEqual(pieces('$ ls', 'a', '', 'b', '', '$ pwd'), [
		['command', 'ls'],
		['output', 'a\n\nb'],
		['command', 'pwd'],
	]);
});

const prompts = [
	'$ ls',
	'  $ ls',
	'root@web1# ls',
	'me@web1$ ls',
	'me@web1:~/x$ ls',
	'[root@web1 ~]# ls',
	'[me@web1 log]$ ls',
];
for (const line of prompts) {
	test(`"${line}" is a prompt and a command`, () => assert.deepEqual(pieces(line), [['command', 'ls']]));
}

for (const line of ['# ls', '$ls', '$(ls)', '> ls', 'PS C:\\> ls', '$']) {
	test(`"${line}" has no prompt`, () => assert.equal(pieces(line), undefined));
}

test('a command goes on after a backslash, in a quote and in a here-document', () => {
	assert.deepEqual(
		pieces('$ a \\', '> --b \\', '  --c', 'out', "$ echo 'x", "> y'", '$ cat <<EOF', '> $ z', 'EOF', 'out'),
		[
			['command', 'a \\\n--b \\\n  --c'],
			['output', 'out'],
			['command', "echo 'x\ny'"],
			['command', 'cat <<EOF\n$ z\nEOF'],
			['output', 'out'],
		],
	);
});

test('a loop goes on as long as lines were typed', () => {
	assert.deepEqual(pieces('$ for i in a b; do', '> echo $i', '> done', 'a'), [
		['command', 'for i in a b; do\necho $i\ndone'],
		['output', 'a'],
	]);
});

test('an apostrophe that is never closed takes no further lines', () => {
	assert.deepEqual(pieces("$ echo don't", 'dont', '$ ls'), [
		['command', "echo don't"],
		['output', 'dont'],
		['command', 'ls'],
	]);
});

test('lines of output that begin with > are no commands', () => {
	assert.deepEqual(pieces('$ curl -v x', '> GET / HTTP/1.1'), [
		['command', 'curl -v x'],
		['output', '> GET / HTTP/1.1'],
	]);
});

test('a prompt inside a here-document of a script is text', () => {
	assert.equal(pieces('cat > x <<EOF', '$ hello', 'EOF'), undefined);
});
