/** Files of a host that answers in German wherever it is not told otherwise: its services, its users, and what sudo runs. */
export const german: Record<string, string> = {
	'/etc/default/locale': 'LANG=de_DE.UTF-8\nLANGUAGE=de\n',
	'/etc/environment': 'LANG=de_DE.UTF-8\nLANGUAGE=de\n',
	...Object.fromEntries(
		['/root', '/home/admin', '/home/operator'].map(home => [`${home}/.pam_environment`, 'LANGUAGE=de\n']),
	),
	'/etc/ssh/sshd_config.d/locale.conf': 'AcceptEnv LANG LANGUAGE LC_*\n',
	// As Ubuntu delivers it: sudo takes the locale of the host where the caller has none.
	'/etc/pam.d/sudo': [
		'session required pam_env.so readenv=1 user_readenv=0',
		'session required pam_env.so readenv=1 envfile=/etc/default/locale user_readenv=0',
		...['auth', 'account', 'session-noninteractive'].map(part => `@include common-${part}`),
		'',
	].join('\n'),
};
