/** Files of the server as it was set up, by path. Folders are made as needed. */
export const fileTable: Record<string, string> = {
	'/etc/os-release': `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`,
	'/etc/debian_version': '12.8\n',
	'/etc/issue': 'Debian GNU/Linux 12 \\n \\l\n',
	'/etc/hostname': 'web1\n',
	'/etc/hosts': '127.0.0.1\tlocalhost\n192.0.2.10\tweb1.example.net web1\n',
	'/etc/resolv.conf': 'nameserver 192.0.2.53\n',
	'/etc/timezone': 'Etc/UTC\n',
	'/etc/passwd': `root:x:0:0:root:/root:/bin/bash
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
mysql:x:106:113:MySQL Server,,,:/nonexistent:/bin/false
admin:x:1000:1000:Administrator,,,:/home/admin:/bin/bash
`,
	'/etc/group': 'root:x:0:\nadm:x:4:admin\nsudo:x:27:admin\nwww-data:x:33:\nadmin:x:1000:\n',
	'/etc/shadow': 'root:*:19700:0:99999:7:::\nadmin:!:19700:0:99999:7:::\n',
	'/etc/fstab': `# <file system> <mount point> <type> <options> <dump> <pass>
UUID=91f0a6c2-6c57-4d0e-9e77-3b7d7f5a9022 / ext4 errors=remount-ro 0 1
UUID=0c9a3a52-7f5e-4d3c-8f0a-0d2f7a90be01 /boot ext4 defaults 0 2
UUID=b3b1f0b5-3a36-4a0e-a3d6-2f3c1f0c5a33 /var ext4 defaults 0 2
UUID=5d1f0a3e-0b1c-4a52-9d0e-6a1f6b3a7c11 /backup ext4 defaults,nofail 0 2
`,
	'/etc/apt/sources.list': `deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
`,
	'/etc/ssl/openssl.cnf': 'openssl_conf = openssl_init\n\n[openssl_init]\nssl_conf = ssl_configuration\n',
	'/etc/ssh/sshd_config':
		'Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\nPasswordAuthentication no\nUsePAM yes\n',
	'/etc/nginx/nginx.conf': `user www-data;
worker_processes auto;
pid /run/nginx.pid;
events {
	worker_connections 768;
}
http {
	sendfile on;
	include /etc/nginx/mime.types;
	include /etc/nginx/sites-enabled/*;
}
`,
	'/etc/nginx/sites-enabled/default': 'server {\n\tlisten 80 default_server;\n\troot /var/www/html;\n}\n',
	'/etc/sudoers.d/admin': 'admin ALL=(ALL) NOPASSWD: ALL\n',
	'/etc/crontab': '17 * * * * root cd / && run-parts --report /etc/cron.hourly\n',
	'/etc/logrotate.conf': 'weekly\nrotate 4\ncreate\n',
	// As the package distro-info-data has it.
	'/usr/share/distro-info/debian.csv': `version,codename,series,created,release,eol,eol-lts,eol-elts
11,Bullseye,bullseye,2019-07-06,2021-08-14,2024-08-14,2026-08-31,2031-06-30
12,Bookworm,bookworm,2021-08-14,2023-06-10,2026-07-11,2028-06-30,2033-06-30
13,Trixie,trixie,2023-06-10,2025-08-09,2028-08-09,2030-06-30,2035-06-30
`,
	'/var/www/html/index.html': '<!DOCTYPE html>\n<title>web1</title>\n<p>It works.</p>\n',
	'/var/log/nginx/access.log':
		'198.51.100.7 - - [01/Jan/2025:00:00:01 +0000] "GET / HTTP/1.1" 200 61 "-" "check/1.0"\n',
	'/var/log/apt/history.log': '',
	'/var/log/apt/term.log': '',
	'/var/log/dpkg.log': '',
	'/home/admin/.profile': 'umask 022\n',
	'/home/admin/.bashrc': '',
	'/root/.profile': '',
};

/** Folders that hold nothing yet. */
export const folderTable = [
	'/backup',
	'/tmp',
	'/var/tmp',
	'/var/cache/apt/archives',
	'/var/lib/apt/lists',
	'/var/lib/mysql',
	'/run/systemd/system',
	'/mnt',
	'/media',
	'/opt',
	'/srv',
	'/etc/nginx/conf.d',
	'/etc/apt/sources.list.d',
	'/var/backups',
];

/** Sizes in bytes of files that stand for more than is kept of them. */
export const sizeTable: Record<string, number> = {
	'/var/lib/mysql/ibdata1': 314_572_800,
	'/var/log/nginx/access.log': 48_201_337,
	'/var/log/journal/system.journal': 83_886_080,
};
