import assert from 'node:assert/strict';
import {test} from 'node:test';
import {main} from '../../source/commands/main.ts';
import {fakeIo} from '../helpers/fake-io.ts';
import {hasNoSshd, sshServer} from '../helpers/ssh/ssh-server.ts';

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

test('probe says how a host is reached and why, by either transport, and refuses one that cannot', {
	skip: hasNoSshd,
}, async context => {
	const server = await sshServer(context);
	const probe = async (...words: string[]) => {
		const io = fakeIo({env: server.env});
		const code = await main(['probe', 'web1', ...words], io);
		return {code, out: io.out(), err: io.err()};
	};
	const transport = async (...words: string[]) => JSON.parse((await probe('--json', ...words)).out).transport;
	assert.match(
		await transport(),
		/^ssh by ssh2, since nothing in .* \(\S+, \S+, (no native addon|native addon in use)\); /,
	);
	assert.match(await transport('--transport', 'openssh'), /^ssh by openssh, since it was asked for .* \(OpenSSH_\S+, /);
	server.configure(['ProxyCommand false']);
	const {code, err} = await probe('--transport', 'ssh2');
	assert.equal(code, 4);
	assert.match(
		err,
		/^handrail: web1: ssh2 cannot connect to it: its SSH configuration sets ProxyCommand false\n {2}.+\n$/,
	);
	assert.equal((await probe('--transport', 'telnet')).code, 2);
	server.configure();
	server.know([]);
	assert.equal((await probe()).code, 4);
	assert.equal((await probe('--accept-new')).code, 0);
});
