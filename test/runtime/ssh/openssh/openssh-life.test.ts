import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseConfiguration} from '../../../../source/runtime/ssh/configuration/configuration.ts';
import {packetLog, silentPeer, withoutPlace} from '../../../../source/runtime/ssh/openssh/openssh-life.ts';

const here = {host: 'web1', home: '/home/me', user: 'me', uid: 1000, env: {}};
const configured = (lines = '') => parseConfiguration(`host web1\nhostname web1\nport 22\nuser me\n${lines}`, here);
const place = 'packet.c:ssh_packet_send2_wrapped():1095 (pid=7): ';
const asks = `debug3: ${place}send packet: type 80`;
const answers = 'debug3: receive packet: type 82';

const logs: [title: string, configured: string, lines: string[], isSilent: boolean][] = [
	['answers all', '', Array.from({length: 20}, () => [asks, answers]).flat(), false],
	['leaves three in a row', '', [answers, asks, asks, asks], false],
	['leaves four in a row', '', [answers, asks, asks, asks, asks], true],
	['says something else meanwhile', '', [asks, asks, asks, 'debug3: receive packet: type 98', asks], false],
	['is asked by commands only', '', Array.from({length: 9}, () => 'debug3: send packet: type 98'), false],
	['leaves one where the configuration allows one', 'serveraliveinterval 1\nserveralivecountmax 1\n', [asks], false],
	[
		'leaves two where the configuration allows one',
		'serveraliveinterval 1\nserveralivecountmax 1\n',
		[asks, asks],
		true,
	],
];
for (const [title, lines, log, expected] of logs) {
	test(`A server that ${title} is ${expected ? 'silent' : 'alive'}`, () => {
		const isSilent = silentPeer(configured(lines));
		assert.equal(log.map(line => isSilent(withoutPlace(line))).at(-1), expected);
	});
}

test('A line that ssh says with its place in the source is the same without it', () => {
	assert.equal(withoutPlace(`${place}Connection closed by 10.0.0.1 port 22`), 'Connection closed by 10.0.0.1 port 22');
	assert.equal(withoutPlace('debug1: Entering interactive session.'), 'debug1: Entering interactive session.');
	assert.deepEqual(packetLog(false), {LogLevel: 'DEBUG3'});
});
