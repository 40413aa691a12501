import assert from 'node:assert/strict';
import {test} from 'node:test';
import {toldRun} from '../../helpers/told-run.ts';

const facts = {os: 'rocky', family: 'rhel', pm: 'dnf', version: '9.4', arch: 'x86_64', init: 'systemd', env: 'test'};

/** Whether a block with this `when` is for a host with these facts. */
const rows: [when: string, applies: 'yes' | 'no'][] = [
	['pm=dnf', 'yes'],
	['pm=apt', 'no'],
	['pm=apt,dnf', 'yes'],
	['pm=DNF', 'yes'],
	['pm!=dnf', 'no'],
	['pm!=apt,dnf', 'no'],
	['pm!=apt', 'yes'],
	['pm=dnf family=rhel env=test', 'yes'],
	['pm=dnf family=debian', 'no'],
	['version=9', 'yes'],
	['version=9.4', 'yes'],
	['version=9.40', 'no'],
	['version=9.', 'no'],
	['version=94', 'no'],
	['version=8,9', 'yes'],
	['version!=9', 'no'],
	['version!=10', 'yes'],
	['arch=x86', 'no'],
	['os=roc', 'no'],
	['SITE=north', 'yes'],
	['SITE=North', 'no'],
	['SITE!=south', 'yes'],
];

for (const [when, applies] of rows) {
	test(`when="${when}" is ${applies === 'yes' ? '' : 'not '}for a rocky 9.4 at the site north`, () => {
		const run = toldRun(`${front}\n## Step\n~~~sh {name=it when="${when}"}\nit\n~~~\n`, {world: {facts}});
		if (run.asked === 'input SITE') run.does({type: 'give-input', name: 'SITE', value: 'north'});
		assert.equal(run.asked, applies === 'yes' ? 'confirm step/it' : 'completed');
		assert.equal(run.status('step/it'), applies === 'yes' ? 'todo' : 'not-applicable');
	});
}

const front = '---\nhandrail: 1\ninputs:\n  SITE: { prompt: Which site }\n---\n# T';

test('a fact that nobody knows is asked for, and never makes a block not applicable', () => {
	const run = toldRun('# T\n## Step\n~~~sh {name=it when="init!=openrc"}\nit\n~~~\n');
	assert.equal(run.asked, 'fact init');
	assert.equal(run.tell({type: 'give-fact', key: 'init', value: ''})?.code, 'bad-value');
	run.does({type: 'give-fact', key: 'init', value: 'systemd'});
	assert.equal(run.asked, 'confirm step/it');
});

test('where one term says no, nothing is asked about the others', () => {
	const run = toldRun('# T\n## Step\n~~~sh {when="init=systemd pm=dnf"}\nit\n~~~\n');
	assert.equal(run.asked, 'completed');
});

test('what holds for a section holds for all that lies in it, and the outer no comes first', () => {
	const nested = (outer: string, inner: string) =>
		toldRun(
			`# T\n## Outer\n<!-- handrail when="${outer}" -->\n### Inner\n<!-- handrail when="${inner}" -->\n~~~sh {name=it}\nit\n~~~\n`,
		).asked;
	assert.equal(nested('pm=apt', 'os=debian'), 'confirm inner/it');
	assert.equal(nested('pm=dnf', 'os=debian'), 'completed');
	assert.equal(nested('pm=apt', 'os=rocky'), 'completed');
	assert.equal(nested('pm=dnf', 'init=systemd'), 'completed');
	assert.equal(nested('init=systemd', 'os=rocky'), 'completed');
	assert.equal(nested('init=systemd', 'os=debian'), 'fact init');
});

test('a captured value is the later word over what a person said and over an input', () => {
	const text = `${front}\n## Ask\n~~~sh {name=a when="SITE=north"}\na\n~~~\n~~~sh {name=find risk=reads capture=SITE}\nfind\n~~~\n## Step\n~~~sh {name=south when="SITE=south"}\nsouth\n~~~\n`;
	const run = toldRun(text, {
		world: {outcomes: {find: {report: {is: 'ended', exit: 0, bytes: 0}, values: {SITE: 'south'}}}},
	});
	run.does({type: 'give-input', name: 'SITE', value: 'north'});
	run.does({type: 'run', block: 'ask/a', confirmed: 'y'}, {type: 'run', block: 'ask/find', confirmed: 'enter'});
	assert.equal(run.asked, 'confirm step/south');
});

test('a captured value is the later word over one that a person had to give for a condition', () => {
	const text =
		'# T\n## One\n~~~sh {name=a when="TX=1"}\na\n~~~\n~~~sh {name=find capture=TX}\nfind\n~~~\n## Two\n~~~sh {name=b when="TX=2"}\nb\n~~~\n';
	const run = toldRun(text, {
		world: {outcomes: {find: {report: {is: 'ended', exit: 0, bytes: 0}, values: {TX: '2'}}}},
	});
	assert.equal(run.asked, 'fact TX');
	run.does({type: 'give-fact', key: 'TX', value: '1'});
	run.does({type: 'run', block: 'one/a', confirmed: 'y'}, {type: 'run', block: 'one/find', confirmed: 'y'});
	assert.equal(run.asked, 'confirm two/b');
});

test('a host cannot change what is known of it by handing on a value of that name', () => {
	const text =
		'# T\n## One\n~~~sh {name=hand risk=reads}\nhand\n~~~\n## Two\n~~~sh {name=b when="init=openrc"}\nb\n~~~\n';
	const run = toldRun(text, {
		world: {outcomes: {hand: {report: {is: 'ended', exit: 0, bytes: 0}, values: {init: 'openrc', pm: 'dnf'}}}},
	});
	run.does({type: 'run', block: 'one/hand', confirmed: 'enter'});
	assert.equal(run.asked, 'fact init');
});

const variants = `# T
## Step
~~~sh {name=apply when="version=12"}
on-12
~~~
~~~sh {name=apply when="version=13"}
on-13
~~~
~~~sh {check}
verify
~~~
`;

test('of the variants of a block the one for this host is walked, and its checks after it', () => {
	const run = toldRun(variants);
	run.does({type: 'run', block: 'step/apply', confirmed: 'y'});
	assert.deepEqual(run.started, ['on-12', 'verify']);
	assert.equal(run.asked, 'completed');
});

test('a block that ran stays the variant that ran, whatever the host says of itself after a reboot', () => {
	const run = toldRun(variants, {world: {outcomes: {'on-12': 'hangs'}}});
	run.does({type: 'run', block: 'step/apply', confirmed: 'y'});
	run.observe({type: 'link-lost', why: 'it reboots'});
	run.world = {facts: {version: '14'}, outcomes: {'on-12': {report: {is: 'lost', rebooted: true, alive: false}}}};
	run.walk();
	assert.equal(run.asked, 'completed', 'its check has spoken');
	assert.deepEqual(run.started, ['on-12', 'verify']);
});

test('a block that failed stays one that failed when its condition no longer holds', () => {
	const run = toldRun(variants, {world: {outcomes: {'on-12': {report: {is: 'ended', exit: 1, bytes: 0}}}}});
	run.does({type: 'run', block: 'step/apply', confirmed: 'y'});
	assert.equal(run.asked, 'failure step/apply');
	run.observe({type: 'link-lost', why: 'it reboots'});
	run.world = {facts: {version: '14'}};
	run.walk();
	assert.equal(run.asked, 'failure step/apply');
	assert.equal(run.status('step/apply'), 'failed');
});
