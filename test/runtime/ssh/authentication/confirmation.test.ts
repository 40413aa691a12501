import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import type {Transport} from '../../../../source/runtime/hosts/shell.ts';
import {person} from '../../../helpers/ssh/person.ts';
import {refusal} from '../../../helpers/ssh/refusal.ts';
import type {SshServer} from '../../../helpers/ssh/ssh-server.ts';
import {exitOf, never, scratch, shellOf} from '../../../helpers/ssh/ssh-shells.ts';
import {hasNoPam, pamServer} from '../../../helpers/ssh/unix-user.ts';
import {until} from '../../../helpers/task-host.ts';

const waiting = 'waiting for the login to be confirmed (a phone, perhaps)';

const pause = (seconds: number) => `required pam_exec.so quiet /bin/sleep ${seconds}`;

/** Takes anything for an answer. */
const code = 'auth [default=ignore] pam_ftp.so';
const permit = 'auth required pam_permit.so';

/** A server of which somebody's telephone is a part: these lines of its PAM stack. */
async function confirmed(context: TestContext, stack: string[], lines: string[] = []): Promise<SshServer> {
	const hasQuestions = stack.some(line => line.startsWith('auth'));
	const methods = hasQuestions ? ['AuthenticationMethods publickey,keyboard-interactive'] : [];
	const more = ['KbdInteractiveAuthentication yes', 'PasswordAuthentication no', ...methods, ...lines];
	const {server, keys, user} = await pamServer(context, more, stack);
	writeFileSync(keys, readFileSync(server.file('user.pub')));
	// What stands before an answer has that long.
	server.configure([`User ${user}`, 'ConnectTimeout 5', 'IdentitiesOnly yes']);
	return server;
}

const silences: [title: string, stack: string[], answers: string[]][] = [
	['that comes right after the key', [`auth ${pause(7)}`, permit], []],
	['that comes after an answer', [code, `auth ${pause(7)}`, permit], ['1']],
	['of the account of a key that was taken', [`account ${pause(7)}`], []],
];

// Together, since most of the time is waiting.
describe('A login that somebody confirms elsewhere', {skip: hasNoPam, concurrency: 16}, () => {
	for (const transport of ['ssh2', 'openssh'] as Transport['name'][]) {
		const connecting = async (context: TestContext, stack: string[], lines: string[] = [], confirmLimit?: number) => {
			const server = await confirmed(context, stack, lines);
			const someone = person('1');
			return {...someone, shell: shellOf(context, server, {transport, asks: someone.asks, confirmLimit})};
		};

		for (const [title, stack, answers] of silences) {
			test(`${transport}: gets through a silence ${title}, and says that it waits`, async context => {
				const {shell, asked, notices} = await connecting(context, stack);
				const standing = until(() => notices.some(({isOver}) => !isOver));
				await shell.connect(never);
				await standing;
				assert.equal(asked.length, answers.length);
				// A busy machine may be silent once more.
				for (const {host, lines, isOver} of notices) {
					assert.deepEqual({host, lines, isOver}, {host: 'web1', lines: [waiting], isOver: true});
				}
				assert.deepEqual(await exitOf(shell, 'exit 7'), {exit: 7});
			});
		}

		test(`${transport}: is given up when nobody has confirmed it in time`, async context => {
			const {shell} = await connecting(context, [code, `auth ${pause(12)}`, permit], [], 1500);
			assert.match(await refusal(shell), /^web1: .*: the login was not confirmed within 1\.5 s\n.*confirm it sooner/);
		});

		test(`${transport}: is left at once by whoever does not want to wait`, async context => {
			const {shell, notices} = await connecting(context, [`auth ${pause(12)}`, permit]);
			const failed = refusal(shell);
			await until(() => notices.length > 0);
			const began = performance.now();
			notices[0]!.leave!();
			assert.match(await failed, /^web1: .* was left.* confirmed\n/);
			assert.ok(performance.now() - began < 4000);
			assert.ok(notices[0]!.isOver);
		});

		test(`${transport}: is over when the server waits no longer`, async context => {
			const {shell} = await connecting(context, [`auth ${pause(12)}`, permit], ['LoginGraceTime 6']);
			assert.match(await refusal(shell), /^web1: .* ended the login before it was confirmed\n/);
		});

		test(`${transport}: shows what the server says, and nothing that a terminal obeys`, async context => {
			const banner = join(scratch(context), 'banner');
			writeFileSync(banner, 'For the authorised only \x1b[2J\nsince 1999\n');
			const {shell, notices} = await connecting(context, [code, permit], [`Banner ${banner}`]);
			await shell.connect(never);
			const all = notices.flatMap(({lines}) => lines).join('|');
			assert.match(all, /^For the authorised only [^\x1b]*\[2J\|since 1999/);
			assert.equal(notices[0]!.leave, undefined);
		});
	}
});
