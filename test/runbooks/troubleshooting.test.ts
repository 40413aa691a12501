import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Command, Section} from '../../source/core/runbook/model.ts';
import {sectionsOf, troubleshootingEntriesOf} from '../../source/core/runbook/outline.ts';
import {documentOf, textOf} from './bundled.ts';

const {runbook} = documentOf('linux-patching.md');
const entries = troubleshootingEntriesOf(runbook);
const managers = ['apt', 'dnf', 'yum', 'zypper'];
const page = textOf('linux-patching.md');
const part = page.slice(page.indexOf('\n## Troubleshooting Patch Failures\n'));

const commandsOf = (entry: Section): Command[] => entry.content.filter(content => content.kind === 'command');
const managersOf = ({when}: {when: Section['when']}): string[] =>
	managers.filter(manager => when.every(({key, values}) => key !== 'pm' || values.includes(manager)));
const proseOf = (entry: Section): string =>
	entry.content.map(content => (content.kind === 'prose' ? content.markdown : '')).join('\n');

test('every section of the troubleshooting is an entry, and there are at least thirty', () => {
	const sections = sectionsOf(runbook);
	const at = sections.findIndex(({id}) => id === 'troubleshooting-patch-failures');
	assert.deepEqual(sections.slice(at + 1), entries);
	assert.ok(entries.length >= 30, `${entries.length}`);
});

test('an entry begins with what only looks, for every package manager that it is for', () => {
	for (const entry of entries) {
		for (const manager of managersOf(entry)) {
			const [first] = commandsOf(entry).filter(command => managersOf(command).includes(manager));
			assert.equal(first?.risk, 'reads', `${entry.id} on ${manager}`);
		}
	}
});

test('an entry says once when to stop and roll back', () => {
	for (const entry of entries) {
		assert.equal(proseOf(entry).match(/^\*\*Stop and roll back\*\*/gm)?.length, 1, entry.id);
	}
});

test('the table at the top leads to every entry, in their order', () => {
	const table = part.slice(0, part.indexOf('\n### '));
	const links = [...table.matchAll(/^\|.*\]\(#([a-z0-9-]+)\) *\|$/gm)].map(([, id]) => id);
	assert.deepEqual(
		links,
		entries.map(({id}) => id),
	);
});

test('no line of it is longer than 120 characters, and no command longer than can be checked by eye', () => {
	assert.deepEqual(
		part.split('\n').filter(line => line.length > 120),
		[],
	);
	for (const entry of entries) {
		for (const {id, script} of commandsOf(entry)) assert.ok(script.trim().split('\n').length <= 6, id);
	}
});

test('nothing in it destroys by default', () => {
	const forbidden = /\brm\b|nogpgcheck|no-gpg-checks|--nodeps|--force-|trusted=yes|setenforce 0|allowerasing|mount -o/;
	for (const entry of entries) {
		for (const {id, script} of commandsOf(entry)) {
			assert.doesNotMatch(script.replaceAll(/--force-(confdef|confold)/g, ''), forbidden, id);
		}
	}
});

test('no command shows the password of a proxy or a repository', () => {
	let found = 0;
	for (const entry of entries) {
		for (const {id, script} of commandsOf(entry)) {
			if (!/proxy|baseurl|URIs:/i.test(script)) continue;
			assert.equal(script.split('s#//[^/@ ]*@#//...@#').length, script.split('sed -nE').length, id);
			assert.match(script, /sed -nE/, id);
			found++;
		}
	}
	assert.ok(found >= 8);
});

test('the rpm database is copied before it is rebuilt', () => {
	const [entry] = entries.filter(({id}) => id === 'the-rpm-database-is-damaged');
	const scripts = commandsOf(entry!).map(({script}) => script);
	const copy = scripts.findIndex(script => script.includes('cp -a'));
	const rebuild = scripts.findIndex(script => script.includes('--rebuilddb'));
	assert.ok(copy >= 0 && copy < rebuild);
	assert.match(scripts[rebuild]!, /test -d \/var\/lib\/rpmdb\.before/);
});

const removing = /(dnf|yum|zypper|rpm|apt-get)\b.* (remove|erase|-e|purge)\b|rebuilddb|cleandupes|\breboot\b/;
test('what removes or rebuilds is disruptive, unless it only shows what it would do', () => {
	let found = 0;
	for (const entry of entries) {
		for (const {id, script, risk} of commandsOf(entry)) {
			if (!removing.test(script) || /--assumeno|apt-get -s/.test(script)) continue;
			assert.equal(risk, 'disrupts', id);
			found++;
		}
	}
	assert.ok(found >= 3);
});
