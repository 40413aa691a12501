import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {compile, firstMatch} from '../../source/core/text/patterns.ts';
import {commandsOf} from './bundled.ts';

const applied = commandsOf('linux-patching.md').filter(({id}) => id === 'commands-to-run/apply');
const byDnf = applied.find(({when}) => when.some(({key, values}) => key === 'pm' && values.join() === 'dnf'))!;
const hasFailed = (text: string) => firstMatch(compile(byDnf.failMatch!), text) !== undefined;
const fixture = (name: string) => readFileSync(new URL(`../fixtures/dnf/${name}.txt`, import.meta.url), 'utf8');

for (const name of ['error-scriptlet-post', 'error-scriptlet-pre', 'error-disk-full-unpack', 'error-package-404']) {
	test(`the transaction of ${name} has failed`, () => assert.ok(hasFailed(fixture(name))));
}

for (const name of ['upgrade-security', 'apply-cached', 'config-noreplace', 'upgrade-imports-key', 'nothing-to-do']) {
	test(`the transaction of ${name} has not failed`, () => assert.ok(!hasFailed(fixture(name))));
}

// Other moments of a transaction, other versions of dnf and rpm; dnf's exit code is 0 with each.
for (const line of [
	'warning: %posttrans(kernel-core-5.14.0-427.el9.x86_64) scriptlet failed, exit status 1',
	'warning: %transfiletriggerin(systemd-252-32.el9.x86_64) scriptlet failed, signal 9',
	'Error in POSTTRANS scriptlet in rpm package kernel-core',
	'Non-fatal POSTIN scriptlet failure in rpm package selinux-policy-targeted-3.13.1-268.el7.noarch',
	'error: lua script failed: [string "%pre(filesystem-3.16-5.el9.x86_64)"]:1: boom',
	'>>> Non-critical error in post-install scriptlet: httpd-0:2.4.62-2.fc41.x86_64',
]) {
	test(`a transaction has failed that says "${line}"`, () => assert.ok(hasFailed(`Complete!\n${line}\n`)));
}
