import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {parseSite} from '../../../source/runtime/settings/parse-site.ts';
import {readSite} from '../../../source/runtime/settings/read-site.ts';
import {siteOf} from '../../../source/runtime/settings/site.ts';

const rules = (text: string) => parseSite(text, 'config.yaml');

test('A configuration is read into rules, in its order', () => {
	const text = `hosts:
  web1: { environment: staging, console: "https://ilo-web1.example" }
  'web*':
    environment: production
    reboot: { within: 15m, warn: 90s }
  empty:
`;
	assert.deepEqual(rules(text), [
		{pattern: 'web1', environment: 'staging', console: 'https://ilo-web1.example'},
		{pattern: 'web*', environment: 'production', within: 900_000, warn: 90_000},
		{pattern: 'empty'},
	]);
	assert.deepEqual(rules(''), []);
	assert.deepEqual(rules('hosts:\n'), []);
});

const wrong: [title: string, text: string, message: RegExp, hint: RegExp][] = [
	['an unknown key', 'hots: {}', /^config\.yaml:1:1: unknown key "hots"/, /Did you mean hosts/],
	['an unknown setting', 'hosts:\n  web1: { colour: red }', /:2:11: unknown key "colour"/, /environment, console/],
	['an unknown environment', 'hosts:\n  web1: { environment: prod }', /:2:24: "prod" is no envi/, /production/],
	['what is no time', 'hosts:\n  a: { reboot: { within: soon } }', /:2:26: within must be a time/, /10m/],
	['a list for a map', 'hosts: [a, b]', /:1:8: hosts must be a map/, /configuration/],
	['a host twice', 'hosts:\n  a: {}\n  a: {}', /:3:3: .*a stands here twice/, /one of them/],
	['broken YAML', 'hosts: {', /^config\.yaml:\d+:\d+: invalid YAML/, /Correct/],
	['a key without a value', 'hosts: { a: { environment: } }', /environment needs a value/, /configuration/],
	['control characters', 'hosts: { a: { environment: "\\e[2J" } }', /^[^\x1b]*$/, /production/],
];
for (const [title, text, message, hint] of wrong) {
	test(`A configuration with ${title} is refused at its place`, () => {
		assert.throws(
			() => rules(text),
			(error: Error & {hint: string; exitCode: number}) =>
				message.test(error.message) && hint.test(error.hint) && error.exitCode === 2,
		);
	});
}

const environments: [title: string, etc: string | undefined, own: string, host: string, expected: string][] = [
	['Nobody says anything', undefined, '', 'web1', 'production'],
	['The user alone has a file', undefined, 'hosts: {web1: {environment: test}}', 'web1', 'test'],
	['The machine says it', 'hosts: {web1: {environment: uat}}', '', 'web1', 'uat'],
	['The user is stricter', 'hosts: {web1: {environment: test}}', 'hosts: {web1: {environment: uat}}', 'web1', 'uat'],
	['The user is looser', 'hosts: {web1: {environment: uat}}', 'hosts: {web1: {environment: test}}', 'web1', 'uat'],
	['The machine knows others only', 'hosts: {db: {}}', 'hosts: {web1: {environment: test}}', 'web1', 'production'],
	['The first rule that says it holds', undefined, 'hosts: {web?: {}, w*1: {environment: test}}', 'web1', 'test'],
	['Letters differ in case', undefined, 'hosts: {WEB1: {environment: test}}', 'web1', 'test'],
	['Another host is meant', undefined, 'hosts: {web: {environment: test}}', 'web1', 'production'],
	['The practice server', undefined, "hosts: {'*': {environment: production}}", 'practice', 'development'],
];
for (const [title, etc, own, host, expected] of environments) {
	test(`${title}: ${host} counts as ${expected}`, () => {
		const site = siteOf(etc === undefined ? undefined : rules(etc), rules(own));
		assert.equal(site.of(host).environment, expected);
	});
}

test('A reboot has ten minutes, and a warning at half of its time, unless the configuration says otherwise', () => {
	assert.deepEqual(siteOf(undefined, []).of('web1').reboot, {within: 600_000, warn: 300_000});
	const site = siteOf(rules('hosts: {a: {reboot: {within: 4m}}, b: {reboot: {warn: 1h}}}'), []);
	assert.deepEqual(site.of('a').reboot, {within: 240_000, warn: 120_000});
	assert.deepEqual(site.of('b').reboot, {within: 600_000, warn: 600_000});
});

test('Both files are read from their places, and none has to be there', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'handrail-site-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const etc = join(folder, 'etc.yaml');
	const env = {XDG_CONFIG_HOME: folder};
	assert.equal((await readSite(env, etc)).of('web1').environment, 'production');
	mkdirSync(join(folder, 'handrail'));
	const own = join(folder, 'handrail', 'config.yaml');
	writeFileSync(own, 'hosts: {web1: {environment: test, console: rack 4}}', {mode: 0o600});
	assert.equal((await readSite(env, etc)).of('web1').environment, 'test');
	writeFileSync(etc, 'hosts: {web1: {environment: staging}}', {mode: 0o644});
	assert.deepEqual(
		[(await readSite(env, etc)).of('web1').environment, (await readSite(env, etc)).of('web1').console],
		['staging', 'rack 4'],
	);
	chmodSync(own, 0o666);
	await assert.rejects(readSite(env, etc), /may be written by others/);
});
