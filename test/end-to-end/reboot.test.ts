import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {test} from 'node:test';
import {Program} from '../helpers/program.ts';

const document = (script: string, attributes: string) => `---
handrail: 1
title: A reboot
---
# A reboot

## Reboot

\`\`\`sh { name=it reboots ${attributes} }
${script}
\`\`\`

\`\`\`sh { check }
uptime -s
\`\`\`
`;

const going = ['--yes', '--trust', '--confirm', 'web1'];
const wordsOf = (program: Program, script: string, attributes = 'timeout=1m') => {
	const file = program.write('reboot.md', document(script, attributes));
	return ['run', file, '-H', 'practice', ...going];
};

test('killed in the middle and resumed, the practice server is rebooted once', {timeout: 120_000}, async context => {
	const lanes = [
		[9, 16],
		[12, 14],
	].map(async ([first, second]) => {
		await killAndResume(new Program(context), first!);
		await killAndResume(new Program(context), second!);
	});
	await Promise.all(lanes);
});

async function killAndResume(program: Program, moment: number): Promise<void> {
	const env = {HANDRAIL_PRACTICE_SPEED: '20'};
	const running = program.start([...wordsOf(program, 'sudo reboot'), '--json'], {env});
	await running.until(out => out.split('\n').length > moment);
	running.child.kill('SIGKILL');
	await running.ended;
	const {code, err} = await program.run(['resume', ...going], {env});
	assert.equal(code, 0, `killed after ${moment}: ${err}`);
	const [run] = readdirSync(`${program.state}/runs`);
	const events = program.journal(run!);
	const rebooted = events.flatMap(event => (event.type === 'rebooted' ? [event.task] : []));
	assert.deepEqual(rebooted, ['t0001'], `killed after ${moment}`);
	assert.equal(events.filter(event => event.type === 'task.planned').length, 2);
	assert.equal(events.at(-1)?.type, 'run.ended');
}

test('a practice server that does not come back leaves the run open, and a resumed run goes on waiting', {
	timeout: 60_000,
}, async context => {
	const program = new Program(context);
	const env = {HANDRAIL_PRACTICE_SPEED: '10'};
	const words = [...wordsOf(program, 'sudo poweroff', 'timeout=1s'), '--plain'];
	const first = await program.run(words, {env});
	assert.equal(first.code, 3, first.out + first.err);
	assert.match(first.out, /reboot: WARNING, not back after 500ms/);
	assert.match(first.out, /reboot: NOT BACK after 1s/);
	assert.match(
		first.out + first.err,
		/not back from its reboot after 1s \((?:it has not gone down|going down|unreachable)\) at reboot\/it\. Look at its console/,
	);
	const again = await program.run(['resume', ...going, '--plain'], {env});
	assert.equal(again.code, 3, again.out + again.err);
	assert.match(again.out, /NOT BACK after 1s/);
});
