/** What ssh asks by its askpass program, read from its words. */
export type AskpassQuestion =
	/** Something to know; it waits for no answer. */
	| {is: 'notice'; text: string}
	/** May this host key be trusted? `takesFingerprint`: the fingerprint itself can be the answer. */
	| {is: 'host-key'; name: string; type: string; fingerprint: string; takesFingerprint: boolean}
	| {is: 'passphrase'; file: string}
	/** `at` is the name of the machine. */
	| {is: 'password'; user: string; at: string}
	/** A question of the server's own, or for a PIN; `user` and `at` are empty where it does not say. PAM asks so too. */
	| {is: 'prompt'; user: string; at: string; prompt: string; isPassword: boolean}
	/** Nothing that Handrail would say yes to. */
	| {is: 'other'};

/** `hint` is SSH_ASKPASS_PROMPT; `isServers`: the server's own questions are under way (keyboard-interactive). */
export function askpassQuestion(hint: string, text: string, isServers: boolean): AskpassQuestion {
	if (hint === 'none') return {is: 'notice', text};
	if (hint === 'confirm') return {is: 'other'};
	const [, user, at, prompt] = /^\(([^@\s]+)@([^\s)]+)\) ([\s\S]*)$/.exec(text) ?? [];
	if (prompt !== undefined) return asked(user!, at!, prompt);
	// Older clients pass on what the server says as it stands: it could look like anything.
	if (isServers) return asked('', '', text);
	const [, , name] = /^The authenticity of host '((.+?) \(.*\)|.+)' can't be established\.\n/.exec(text) ?? [];
	const [, type, fingerprint] = /^(\S+) key fingerprint is (SHA256:[\w+/]+)\.?$/m.exec(text) ?? [];
	if (name && fingerprint) {
		const takesFingerprint = text.includes('/[fingerprint]');
		return {is: 'host-key', name, type: types[type!] ?? type!, fingerprint, takesFingerprint};
	}
	const [, file] = /^Enter passphrase for key '(.+)': $/.exec(text) ?? [];
	if (file) return {is: 'passphrase', file};
	const [, login, machine] = /^(.+)@([^@]+)'s password: $/.exec(text) ?? [];
	if (machine) return {is: 'password', user: login!, at: machine};
	if (/^Enter PIN for /.test(text)) return asked('', '', text);
	return {is: 'other'};
}

const asked = (user: string, at: string, prompt: string): AskpassQuestion => {
	return {is: 'prompt', user, at, prompt, isPassword: /^password:\s*$/i.test(prompt)};
};

const types: Record<string, string> = {
	ED25519: 'ssh-ed25519',
	RSA: 'ssh-rsa',
	ECDSA: 'ecdsa-sha2',
	'ED25519-SK': 'sk-ssh-ed25519@openssh.com',
	'ECDSA-SK': 'sk-ecdsa-sha2-nistp256@openssh.com',
};
