import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Probed} from '../../../source/core/run/probed.ts';
import {probeText, transportText} from '../../../source/views/plain/probe-text.ts';

const at = '2026-11-22T19:21:00.000Z';
const now = new Date('2026-11-22T19:21:03.000Z');
const probed: Probed = {
	host: 'web1',
	kind: 'ssh',
	durable: {can: true},
	tasks: [],
	facts: {os: {value: 'debian', at}, key: {value: `SHA256:${'x'.repeat(120)}`, at}},
	gauges: {
		cpu: {value: 43, unit: '%', state: 'ok', why: 'programs 40 %', at},
		'disk:/boot': {value: 96, unit: '%', state: 'critical', why: '/boot: 20 MB free of 500 MB', at},
		units: {value: null, unit: 'failed', state: 'unknown', why: 'systemd does not run here', at},
		[`disk:/${'long/'.repeat(30)}`]: {value: 1, unit: '%', state: 'ok', why: 'w'.repeat(200), at},
	},
};

test('Facts show their age, gauges value, unit, state word and why', () => {
	const lines = probeText(probed, now).split('\n');
	for (const line of [
		'  os   3s ago  debian',
		'  cpu         43 %  ok        programs 40 %',
		'  disk:/boot  96 %  CRITICAL  /boot: 20 MB free of 500 MB',
		'  units       -     unknown   systemd does not run here',
	])
		assert.ok(lines.includes(line), line);
});

test('No line is longer than 80 columns, however long names and reasons are, and no word is lost', () => {
	const text = probeText(probed, now);
	for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
	const joined = text.replaceAll(/\s/g, '');
	assert.ok(
		joined.includes('x'.repeat(120)) && joined.includes('w'.repeat(200)) && joined.includes('long/'.repeat(30)),
	);
});

test('What a host says is shown, never obeyed', () => {
	const hostile = {...probed, facts: {'a\u001b[2J': {value: 'b\u202e\nc', at}}, gauges: {}};
	assert.doesNotMatch(probeText(hostile, now), /[\u001b\u202e]/);
	assert.match(probeText(hostile, now), / b\ufffd c\n/);
});

test('The transport line says whether tasks outlive the connection, and why not', () => {
	assert.equal(transportText(probed), 'ssh; tasks outlive the connection');
	const transport = {name: 'openssh', why: 'it has a certificate', notes: ['OpenSSH_9.2p1', 'aes\u001b[7m']};
	assert.equal(
		transportText({...probed, transport}),
		'ssh by openssh, since it has a certificate (OpenSSH_9.2p1, aes\ufffd[7m); tasks outlive the connection',
	);
	assert.match(transportText({...probed, durable: {can: false, why: 'no /proc'}}), /do not outlive .* \(no \/proc\)$/);
});
