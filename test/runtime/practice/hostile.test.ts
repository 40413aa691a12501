import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {onPractice} from './on-practice.ts';

test('no script reaches a file, a process or the network of this machine', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'practice-'));
	const secret = join(folder, 'secret');
	await writeFile(secret, 'of this machine');
	let calls = 0;
	const server = createServer((_, response) => {
		calls += 1;
		response.end('of this machine');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const {run, host} = await onPractice();
	const attempts = [
		`cat ${secret}`,
		`cat ../../../../../..${secret}`,
		`ln -s ${secret} /tmp/link; cat /tmp/link`,
		`sudo ln -s ${folder} /tmp/folder; ls /tmp/folder; cat /tmp/folder/secret`,
		`sudo tar -cf - ${folder}`,
		`sudo rsync -a ${folder}/ /backup/x/; cat /backup/x/secret`,
		`. ${secret}`,
		`sh ${secret}`,
		`echo changed > ${secret}; sudo sh -c 'echo changed > ${secret}'; sudo rm -rf ${folder}; sudo rm -rf /`,
		`find / -name secret`,
		`grep -r "of this machine" / 2>/dev/null`,
		`curl -s ${url}`,
		`wget -qO- ${url}`,
		`exec 3<>/dev/tcp/127.0.0.1/${new URL(url).port}; cat <&3`,
		`node -e 'console.log(1)'; python3 -c 'print(1)'; js-exec -c '1'`,
		`cat /proc/self/environ /proc/${process.pid}/cmdline`,
		`env; printenv; set`,
		`kill -9 ${process.pid}; kill -9 ${process.ppid}; sudo kill -9 ${process.pid}`,
		'sudo reboot -f; sudo sh -c "kill -9 -1"',
	];
	for (const script of attempts) {
		const {output} = await run(script, {interpreter: ['sh']});
		assert.ok(!output.includes('of this machine'), script);
		assert.ok(!output.includes(process.execPath) && !output.includes(process.cwd()), `${script}\n${output}`);
	}
	assert.equal(calls, 0);
	assert.deepEqual(await readdir(folder), ['secret']);
	assert.equal(await readFile(secret, 'utf8'), 'of this machine');
	await host.close();
	server.close();
	await rm(folder, {recursive: true});
});

for (const [title, script] of [
	['an endless loop', 'while true; do :; done'],
	['endless output', 'while true; do echo 0123456789012345678901234567890123456789; done'],
	['a file that grows', 'x=0123456789; while true; do x=$x$x; echo "$x" >> /tmp/big; done'],
	['endless recursion', 'f() { f; }; f'],
	['a huge expansion', 'echo {1..1000000000}'],
	['a bomb', ':(){ :|:& };:'],
] as const) {
	test(`${title} ends, and the server works on`, {timeout: 60_000}, async () => {
		const {run, host} = await onPractice();
		const before = process.memoryUsage().rss;
		const ran = await run(script, {interpreter: ['sh']});
		assert.equal(ran.report.is, 'ended');
		assert.ok(ran.output.length <= 17 << 20);
		assert.ok(process.memoryUsage().rss - before < 700 << 20, 'it took too much memory');
		assert.equal((await run('echo on')).output, 'on\n');
		await host.close();
	});
}

test('an endless loop can be stopped, and leaves time for everything else', {timeout: 20_000}, async () => {
	const {host, specOf} = await onPractice();
	const spec = specOf('while true; do :; done');
	await host.start(spec, {});
	const started = performance.now();
	await new Promise(resolve => setTimeout(resolve, 20));
	assert.ok(performance.now() - started < 1000, 'nothing else could run');
	await host.cancel(spec.task, 'KILL');
	for await (const _ of host.follow(spec.task, 0, new AbortController().signal));
	assert.deepEqual(await host.ask(spec.task), {is: 'ended', exit: 137, bytes: 0});
	await host.close();
});

const words = [
	'echo',
	'apt-get',
	'-y',
	'upgrade',
	'sudo',
	'|',
	'&&',
	'||',
	';',
	'\n',
	'>',
	'>>',
	'<',
	'/tmp/x',
	'/etc/passwd',
	'$(',
	')',
	'`',
	'"',
	"'",
	'${',
	'}',
	'{',
	'if',
	'then',
	'else',
	'fi',
	'for',
	'i',
	'in',
	'do',
	'done',
	'while',
	'case',
	'esac',
	'!',
	'$?',
	'$x',
	'x=1',
	'read',
	'dpkg',
	'-l',
	'*',
	'systemctl',
	'status',
	'nginx',
	'df',
	'-h',
	'tar',
	'-czf',
	'<<E',
	'E',
	'\\',
	'&',
	'f()',
	'[',
	']',
	'-n',
	'kill',
	'1',
	'exit',
	'set',
	'-x',
	'journalctl',
	'rm',
	'-rf',
	'/',
	'stat',
	'-c',
	'ü',
	'\0',
	'2>&1',
	'exec',
	'trap',
	'eval',
	'export',
	'local',
	'return',
];

test('whatever stands in a script, it ends with output and an exit code', {timeout: 120_000}, async () => {
	const {run, host} = await onPractice();
	const script = fc.array(
		fc.oneof({weight: 9, arbitrary: fc.constantFrom(...words)}, {weight: 1, arbitrary: fc.string({maxLength: 8})}),
		{maxLength: 14},
	);
	await fc.assert(
		fc.asyncProperty(script, async parts => {
			// Nobody types a line here.
			const text = parts.filter(part => part !== 'read').join(' ');
			const {report} = await run(text, {interpreter: ['sh']});
			assert.ok(report.is === 'ended' && Number.isInteger(report.exit), `${text}: ${JSON.stringify(report)}`);
		}),
		{numRuns: 400},
	);
	assert.equal((await run('echo on')).output, 'on\n');
	await host.close();
});
