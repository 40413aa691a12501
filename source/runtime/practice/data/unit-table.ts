export type UnitInfo = {
	name: string;
	description: string;
	/** Program that runs in it, with its arguments; none for work done once, timers and mounts. */
	program?: string;
	user?: string;
	/** Resident memory in KiB. */
	memory?: number;
	/** TCP ports that it listens on. */
	ports?: number[];
	/** Work done once at the boot. */
	isOnce?: boolean;
	/** A timer: when it runs next after the boot, in minutes, and what. */
	timer?: {every: number; unit: string};
	isDisabled?: boolean;
};

export const unitTable: UnitInfo[] = [
	{
		name: 'cron.service',
		description: 'Regular background program processing daemon',
		program: '/usr/sbin/cron -f',
		memory: 2_900,
	},
	{
		name: 'dbus.service',
		description: 'D-Bus System Message Bus',
		program: '/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only',
		user: 'message+',
		memory: 4_900,
	},
	{
		name: 'getty@tty1.service',
		description: 'Getty on tty1',
		program: '/sbin/agetty -o -p -- \\u --noclear - linux',
		memory: 1_100,
	},
	{
		name: 'mariadb.service',
		description: 'MariaDB 10.11.6 database server',
		program: '/usr/sbin/mariadbd',
		user: 'mysql',
		memory: 214_000,
		ports: [3306],
	},
	{
		name: 'nginx.service',
		description: 'A high performance web server and a reverse proxy server',
		program: 'nginx: master process /usr/sbin/nginx -g daemon on; master_process on;',
		memory: 8_300,
		ports: [80, 443],
	},
	{
		name: 'rsyslog.service',
		description: 'System Logging Service',
		program: '/usr/sbin/rsyslogd -n -iNONE',
		memory: 6_100,
	},
	{
		name: 'ssh.service',
		description: 'OpenBSD Secure Shell server',
		program: 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups',
		memory: 9_200,
		ports: [22],
	},
	{
		name: 'systemd-journald.service',
		description: 'Journal Service',
		program: '/lib/systemd/systemd-journald',
		memory: 14_700,
	},
	{
		name: 'systemd-logind.service',
		description: 'User Login Management',
		program: '/lib/systemd/systemd-logind',
		memory: 7_400,
	},
	{
		name: 'systemd-timesyncd.service',
		description: 'Network Time Synchronization',
		program: '/lib/systemd/systemd-timesyncd',
		user: 'systemd+',
		memory: 6_700,
	},
	{
		name: 'systemd-udevd.service',
		description: 'Rule-based Manager for Device Events and Files',
		program: '/lib/systemd/systemd-udevd',
		memory: 6_900,
	},
	{name: 'networking.service', description: 'Raise network interfaces', isOnce: true},
	{name: 'systemd-modules-load.service', description: 'Load Kernel Modules', isOnce: true},
	{
		name: 'apt-daily.timer',
		description: 'Daily apt download activities',
		timer: {every: 720, unit: 'apt-daily.service'},
	},
	{
		name: 'apt-daily-upgrade.timer',
		description: 'Daily apt upgrade and clean activities',
		timer: {every: 1440, unit: 'apt-daily-upgrade.service'},
	},
	{
		name: 'logrotate.timer',
		description: 'Daily rotation of log files',
		timer: {every: 1440, unit: 'logrotate.service'},
	},
	{name: 'apt-daily.service', description: 'Daily apt download activities', isDisabled: true},
	{name: 'apt-daily-upgrade.service', description: 'Daily apt upgrade and clean activities', isDisabled: true},
	{name: 'logrotate.service', description: 'Rotate log files', isDisabled: true},
	{
		name: 'unattended-upgrades.service',
		description: 'Unattended Upgrades Shutdown',
		program: '/usr/bin/python3 /usr/share/unattended-upgrades/unattended-upgrade-shutdown --wait-for-signal',
		memory: 22_400,
	},
];
