import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {type Stillness, waitingFor} from '../../../source/core/run/waiting.ts';
import {shellHost} from '../../../source/runtime/hosts/shell-host.ts';
import {noSudo, sudoUser} from '../../helpers/sudo-user.ts';
import {outputOf, spec, until} from '../../helpers/task-host.ts';

test("sudo's own question is a password, and what runs below it is hidden from its user", {
	skip: noSudo,
}, async context => {
	const user = sudoUser();
	context.after(() => user.remove());
	const host = shellHost('local', user.shell());
	context.after(() => host.close());
	const script = 'sudo sh -c \'printf "Continue? [Y/n] "; read -r answer; echo "said $answer"\'';
	await host.start(spec('asks', script, {tty: {rows: 24, columns: 80}}), {});
	const seen = async (fits: (stillness: Stillness) => boolean) =>
		await until(async () => {
			const stillness = await host.waits('asks');
			return fits(stillness) && stillness;
		});
	const password = await seen(({terminal, reads}) => terminal?.isEchoing === false && reads === 'hidden');
	assert.equal(waitingFor(password, ''), 'password');
	await host.write('asks', Buffer.from(`${user.password}\r`));
	// Where sudo gives the command a terminal of its own (use_pty), it passes everything on between the two.
	await until(() => readFileSync(`${user.home}/.local/state/handrail/tasks/asks/output`, 'utf8').includes('[Y/n]'));
	const question = await host.waits('asks');
	assert.equal(question.reads, 'hidden');
	assert.equal(waitingFor(question, ''), 'nothing', 'nobody may look into it');
	assert.equal(waitingFor(question, 'Continue? [Y/n] '), 'input', 'but its words tell');
	await host.write('asks', Buffer.from('yes\r'));
	const output = (await outputOf(host, 'asks')).toString();
	assert.match(output, /said yes/);
	assert.ok(!output.includes(user.password));
});
