import assert from 'node:assert/strict';
import {test} from 'node:test';
import {onPractice} from './on-practice.ts';

// What a POSIX shell prints, and ends with, under `sh -e`.
const table: [script: string, output: string, exit: number][] = [
	['echo hi; false; echo no', 'hi\n', 1],
	['echo out; echo err >&2; echo out', 'out\nerr\nout\n', 0],
	['x=$(echo a b); echo "[$x]"', '[a b]\n', 0],
	['for i in 1 2 3; do echo $i; done | tac', '3\n2\n1\n', 0],
	['while read -r a; do echo "<$a>"; done < /etc/hostname', '<web1>\n', 0],
	['f() { echo in; return 5; }; f || echo rc=$?', 'in\nrc=5\n', 0],
	['f() { false; echo in; }; f || echo no', 'in\n', 0],
	['{ false; echo in; } && echo yes', 'in\nyes\n', 0],
	['! { false; }; echo on', 'on\n', 0],
	['false || x=1; echo $x', '1\n', 0],
	['(exit 3) || x=$?; echo $x', '3\n', 0],
	['true && { false; } || echo other', 'other\n', 0],
	['[ -f /nope ] && echo no; echo on', 'on\n', 0],
	['false && { echo no; }\necho on', 'on\n', 0],
	['echo a > /tmp/x; echo b >> /tmp/x; cat /tmp/x', 'a\nb\n', 0],
	['echo a > /etc/x || echo rc=$?', 'sh: cannot create /etc/x: Permission denied\nrc=2\n', 0],
	['echo a > /no/x', 'sh: cannot create /no/x: Directory nonexistent\n', 2],
	['nosuch --x', 'bash: nosuch: command not found\n', 127],
	['cat <<X | tr a b\naaa\nX', 'bbb\n', 0],
	['echo x | sed s/x/y/ | awk \'{print $1 "!"}\'', 'y!\n', 0],
	['sudo id -un; id -un', 'root\nadmin\n', 0],
	['sudo sh -c "echo a > /etc/x; cat /etc/x"; cat /etc/x', 'a\na\n', 0],
	["sudo A=1 sh -c 'echo $A'", '1\n', 0],
	['sudo cat /etc/shadow | wc -l', '2\n', 0],
	['ls / | xargs -n1 echo | sort -r | head -1', 'var\n', 0],
	[`echo "$\{nope:?is missing}"; echo no`, 'bash: is missing\n', 1],
	['if x', 'bash: syntax error', 2],
	['bash -c "echo in; exit 4" || echo $?', 'in\n4\n', 0],
	['case a in b) echo no ;; a) echo yes ;; esac; exit 7', 'yes\n', 7],
	['set -u; echo $nope; echo no', 'bash: nope: unbound variable\n', 1],
	['timeout 5 sleep 10 || echo $?', '124\n', 0],
];

test('a script prints and ends as on a server', async () => {
	const {run, host} = await onPractice();
	for (const [script, output, exit] of table) {
		const ran = await run(script);
		const seen = output.endsWith('\n') ? ran.output : ran.output.slice(0, output.length);
		assert.deepEqual({script, output: seen, exit: ran.exit}, {script, output, exit});
	}
	await host.close();
});

test('exported values, secrets, $HANDRAIL_OUTPUT and a stdout apart reach a script', async () => {
	const {run, host} = await onPractice();
	const values = {GREETING: "it's $HOME"};
	const ran = await run('echo "$GREETING"; env | grep -c GREETING; echo "A=1" >> "$HANDRAIL_OUTPUT"; echo err >&2', {
		values,
		capture: true,
	});
	assert.deepEqual([ran.stdout, ran.output, ran.values], ["it's $HOME\n1\n", 'err\n', 'A=1\n']);
	assert.equal((await run('ls /run/handrail | wc -l')).output, '1\n', 'what a task was handed is gone after it');
	await host.close();
});

test('commands of a script are seen one by one, a long one line by line', async () => {
	const {host, specOf} = await onPractice({speed: 20});
	const spec = specOf('echo first; sudo apt-get update; echo last');
	await host.start(spec, {});
	let chunks = 0;
	let output = '';
	for await (const bytes of host.follow(spec.task, 0, new AbortController().signal)) {
		chunks += 1;
		output += Buffer.from(bytes).toString();
		if (output === 'first\n') assert.equal((await host.ask(spec.task)).is, 'running');
	}
	assert.ok(chunks >= 4, `all came in ${chunks} pieces`);
	assert.match(output, /^first\nGet:1 [\s\S]*Reading package lists\.\.\.\nlast\n$/);
	await host.close();
});
