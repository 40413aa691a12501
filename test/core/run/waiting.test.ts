import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Stillness, type Waiting, waitingFor} from '../../../source/core/run/waiting.ts';

const pipe = (reads: Stillness['reads']): Stillness => ({reads});
const terminal = (isCanonical: boolean, isEchoing: boolean, reads: Stillness['reads'] = 'no'): Stillness => ({
	terminal: {isCanonical, isEchoing},
	reads,
});
const usual = terminal(true, true);
const raw = terminal(false, false);
const alternate = '\x1b[?1049h\x1b[H~\n~\n"file" 2L';

const cases: [title: string, seen: Stillness, tail: string, waiting: Waiting][] = [
	['a command at work', usual, 'Unpacking openssl ...\n', 'nothing'],
	['a line that is not ended yet', usual, 'Reading package lists... ', 'nothing'],
	['a read of the terminal', terminal(true, true, 'yes'), 'Name: ', 'input'],
	['a read of the input', pipe('yes'), '', 'input'],
	['a terminal that shows no keys', terminal(true, false, 'hidden'), '[sudo] password for admin: ', 'password'],
	['the same with words that nobody knows', terminal(true, false), 'Wachtwoord: ', 'password'],
	['a password on the input', pipe('yes'), 'Enter passphrase for key /x: ', 'password'],
	['raw mode while dpkg works below apt', raw, 'Setting up linux-image ...\r\n', 'nothing'],
	['an editor', raw, alternate, 'input'],
	['an editor that was left', raw, `${alternate}\x1b[?1049l\r\n`, 'nothing'],
	['single keys', terminal(false, false, 'yes'), ':', 'input'],
	['apt', pipe('hidden'), 'Do you want to continue? [Y/n] ', 'input'],
	['dnf', pipe('hidden'), 'Is this ok [y/d/N]: ', 'input'],
	['dpkg', raw, '*** nginx.conf (Y/I/N/O/D/Z) [default=N] ? ', 'input'],
	['ssh', pipe('hidden'), 'continue connecting (yes/no/[fingerprint])? ', 'input'],
	['a colour around the question', pipe('no'), '\x1b[1mProceed\x1b[0m (y/N) ', 'input'],
	['a question that was answered', pipe('no'), 'Do you want to continue? [Y/n] y\n', 'nothing'],
	['a word of a password in a report', pipe('no'), 'passwd: password updated successfully\n', 'nothing'],
	['a line that was drawn over', pipe('no'), 'Password: \rFetched 12 kB', 'nothing'],
];

test('what a silent command waits for is told from its terminal, its processes and its last line', () => {
	for (const [title, seen, tail, waiting] of cases) assert.equal(waitingFor(seen, tail), waiting, title);
});
