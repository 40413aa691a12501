import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Failure} from '../../../source/core/text/failure.ts';
import {type Host, LinkLost, NotConnected} from '../../../source/runtime/hosts/host.ts';
import {localHost} from '../../../source/runtime/hosts/local.ts';
import {probeHost} from '../../../source/runtime/hosts/probe-host.ts';

const signal = new AbortController().signal;

test('Two samples are far enough apart for what counts up: processor and network have values', async () => {
	const host = localHost();
	const began = performance.now();
	const {facts, gauges, durable} = await probeHost(
		host,
		{environment: 'production', standing: async () => 'no'},
		signal,
	);
	await host.close();
	assert.ok(performance.now() - began >= 1000);
	for (const gauge of ['cpu', 'mem', 'load', 'disk:/']) {
		assert.equal(typeof gauges[gauge]?.value, 'number', gauge);
		assert.match(gauges[gauge]!.at, /^\d{4}-.*Z$/);
	}
	assert.equal(facts['env']?.value, 'production');
	assert.match(facts['family']?.value ?? '', /^(debian|rhel|suse|other)$/);
	assert.ok('can' in durable);
});

test('What could not be read has no value and says why', async () => {
	const reading = {value: undefined, unit: '%', state: 'unknown', why: 'no /proc'} as const;
	const host = fake({sample: async () => ({cpu: reading})});
	const {gauges} = await probeHost(host, {environment: 'production', standing: async () => 'no'}, signal);
	assert.deepEqual({...gauges['cpu'], at: ''}, {value: null, unit: '%', state: 'unknown', why: 'no /proc', at: ''});
});

const failures: [string, Partial<Host>, RegExp][] = [
	[
		'a host that cannot be reached',
		{connect: () => Promise.reject(new NotConnected('no route\u001b[2J', 'Look.'))},
		/^no route/,
	],
	[
		'a connection that is lost',
		{sample: () => Promise.reject(new LinkLost('gone'))},
		/^The connection to web1 was lost: gone$/,
	],
];
for (const [what, methods, message] of failures) {
	test(`${what} ends with 4 and a remedy`, async () => {
		await assert.rejects(
			probeHost(fake(methods), {environment: 'production', standing: async () => 'no'}, signal),
			error => {
				assert.ok(error instanceof Failure);
				assert.match(error.message, message);
				assert.doesNotMatch(error.message, /\u001b/);
				assert.ok(error.hint.length > 0);
				return error.exitCode === 4;
			},
		);
	});
}

/** A host of which only what a probe asks for is there. */
function fake(methods: Partial<Host>): Host {
	const identity = {machineId: 'f00', hostKey: '', ownName: 'web1.example'};
	return {
		name: 'web1',
		kind: 'ssh',
		connect: async () => ({identity, bootId: 'b', facts: {os: 'debian'}}),
		durable: async () => ({can: true}),
		tasks: async () => [],
		sample: async () => ({}),
		...methods,
	} as Host;
}
