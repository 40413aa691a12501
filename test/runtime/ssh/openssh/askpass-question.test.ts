import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AskpassQuestion, askpassQuestion} from '../../../../source/runtime/ssh/openssh/askpass-question.ts';

const fingerprint = 'SHA256:Meimdbdrt7K3Sn9DOO1QuaxEbpqbKUTNM+p+smg9+lQ';
const unknown = (host: string, type: string, answers: string) =>
	`The authenticity of host '${host}' can't be established.\n${type} key fingerprint is ${fingerprint}.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (${answers})? `;

const cases: [title: string, hint: string, text: string, isServers: boolean, expected: AskpassQuestion][] = [
	[
		'an unknown host key',
		'',
		unknown('[web1]:2222 ([10.0.0.1]:2222)', 'ED25519', 'yes/no/[fingerprint]'),
		false,
		{is: 'host-key', name: '[web1]:2222', type: 'ssh-ed25519', fingerprint, takesFingerprint: true},
	],
	[
		'one of an older client',
		'',
		unknown('web1 (10.0.0.1)', 'RSA', 'yes/no'),
		false,
		{is: 'host-key', name: 'web1', type: 'ssh-rsa', fingerprint, takesFingerprint: false},
	],
	[
		'a passphrase',
		'',
		"Enter passphrase for key '/home/me/a key': ",
		false,
		{is: 'passphrase', file: '/home/me/a key'},
	],
	['a password', '', "me@corp@web1.example's password: ", false, {is: 'password', user: 'me@corp', at: 'web1.example'}],
	[
		"the server's own question",
		'',
		'(me@web1) Verification code: ',
		true,
		{is: 'prompt', user: 'me', at: 'web1', prompt: 'Verification code: ', isPassword: false},
	],
	[
		'a password that PAM asks for',
		'',
		'(me@web1) Password: ',
		true,
		{is: 'prompt', user: 'me', at: 'web1', prompt: 'Password: ', isPassword: true},
	],
	[
		'a server that plays the part of ssh',
		'',
		"(me@web1) Enter passphrase for key '/home/me/.ssh/id': ",
		true,
		{is: 'prompt', user: 'me', at: 'web1', prompt: "Enter passphrase for key '/home/me/.ssh/id': ", isPassword: false},
	],
	[
		'the same before an older client',
		'',
		"Enter passphrase for key '/home/me/.ssh/id': ",
		true,
		{is: 'prompt', user: '', at: '', prompt: "Enter passphrase for key '/home/me/.ssh/id': ", isPassword: false},
	],
	[
		'the PIN of a token',
		'',
		'Enter PIN for ED25519-SK key /home/me/.ssh/id_sk: ',
		false,
		{is: 'prompt', user: '', at: '', prompt: 'Enter PIN for ED25519-SK key /home/me/.ssh/id_sk: ', isPassword: false},
	],
	[
		'a token to touch',
		'none',
		'Confirm user presence for key ED25519-SK SHA256:x',
		false,
		{is: 'notice', text: 'Confirm user presence for key ED25519-SK SHA256:x'},
	],
	['a permission', 'confirm', 'Allow shared connection to web1?', false, {is: 'other'}],
	['a second question for the same', '', "Please type 'yes', 'no' or the fingerprint: ", false, {is: 'other'}],
	['anything else', '', 'Really?', false, {is: 'other'}],
];

for (const [title, hint, text, isServers, expected] of cases) {
	test(`What ssh asks is read as it is meant: ${title}`, () => {
		assert.deepEqual(askpassQuestion(hint, text, isServers), expected);
	});
}
