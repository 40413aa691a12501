import {unitTable} from '../data/unit-table.ts';
import type {Call} from '../shell/program.ts';

export function ss(call: Call): number {
	const {units} = call.machine.world;
	const flags = call.args.join('');
	if (!flags.includes('H')) call.out('Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n');
	for (const {name, ports = [], program = ''} of unitTable) {
		if (units[name]?.active !== 'active') continue;
		for (const port of ports) {
			const users =
				flags.includes('p') && call.machine.isRoot
					? ` users:(("${program.split(/[ :]/)[0]!.split('/').at(-1)}",pid=${units[name].pid},fd=6))`
					: '';
			call.out(
				`tcp   LISTEN 0      128    ${port === 3306 ? '127.0.0.1' : '  0.0.0.0'}:${String(port).padEnd(6)} 0.0.0.0:*${users}\n`,
			);
		}
	}
	return 0;
}

/** Pages of this server only: it has no network beyond itself. */
export async function curl(call: Call): Promise<number> {
	const {args, machine} = call;
	const url = args.find(word => /^https?:\/\//.test(word)) ?? args.filter(word => !word.startsWith('-')).at(-1) ?? '';
	const [, host = '', port, path = '/'] = /^(?:https?:\/\/)?([^/:]+)(?::(\d+))?(\/[^?]*)?/.exec(url) ?? [];
	await machine.pass(40);
	const isSilent = args.some(word => /^-[a-zA-Z]*s/.test(word)) && !args.some(word => /^-[a-zA-Z]*S/.test(word));
	const fail = (exit: number, text: string) => {
		if (!isSilent) call.err(`curl: (${exit}) ${text}\n`);
		return exit;
	};
	if (!['localhost', '127.0.0.1', 'web1', 'web1.example.net', '192.0.2.10'].includes(host))
		return fail(6, `Could not resolve host: ${host}`);
	if (machine.world.units['nginx.service']?.active !== 'active' || (port && port !== '80' && port !== '443')) {
		return fail(7, `Failed to connect to ${host} port ${port ?? 80} after 0 ms: Couldn't connect to server`);
	}
	const file = `/var/www/html${path === '/' ? '/index.html' : path}`;
	const isFound = await machine.files.exists(file);
	const code = isFound ? 200 : 404;
	const body = isFound
		? await machine.files.readFile(file)
		: '<html><head><title>404 Not Found</title></head></html>\n';
	if (!isFound && args.some(word => /^-[a-zA-Z]*f|^--fail/.test(word)))
		return fail(22, 'The requested URL returned error: 404');
	const target = args[args.findIndex(word => /^-[a-zA-Z]*o$/.test(word)) + 1];
	const isToFile = args.some(word => /^-[a-zA-Z]*o$/.test(word));
	if (args.some(word => /^-[a-zA-Z]*[Ii]$/.test(word)))
		call.out(
			`HTTP/1.1 ${code} ${isFound ? 'OK' : 'Not Found'}\nServer: nginx/1.22.1\nContent-Type: text/html\nContent-Length: ${body.length}\n\n`,
		);
	else if (!isToFile) call.out(body);
	else if (target !== '/dev/null')
		await machine.files.writeFile(machine.files.resolvePath(call.cwd, target ?? 'out'), body);
	const format = args[args.indexOf('-w') + 1];
	if (args.includes('-w') && format) call.out(format.replaceAll('%{http_code}', String(code)).replaceAll('\\n', '\n'));
	return 0;
}

/** There is no other host that it could reach. */
export function scp(call: Call): number {
	const flags = /^-[bcDEeFIiJLlmOopQRSWwXP]$/;
	const words = call.args.filter((word, at) => !word.startsWith('-') && !flags.test(call.args[at - 1] ?? ''));
	const place = call.name === 'ssh' ? words[0] : words.find(word => /^[^/]*:/.test(word));
	if (place === undefined) {
		call.err(`usage: ${call.name}\n`);
		return call.name === 'ssh' ? 255 : 1;
	}
	const host = place.replace(/:.*$/, '').replace(/^.*@/, '');
	call.err(`ssh: Could not resolve hostname ${host}: Temporary failure in name resolution\n`);
	if (call.name === 'scp') call.err('lost connection\n');
	return 255;
}

export function ip(call: Call): number {
	const verb = call.args.filter(word => !word.startsWith('-'))[0] ?? 'addr';
	if (verb.startsWith('r'))
		call.out('default via 192.0.2.1 dev eth0 \n192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 \n');
	else
		call.out(
			'1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN\n    inet 127.0.0.1/8 scope host lo\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP\n    inet 192.0.2.10/24 brd 192.0.2.255 scope global eth0\n',
		);
	return 0;
}

export async function ping(call: Call): Promise<number> {
	const host =
		call.args.filter((word, at) => !word.startsWith('-') && !/^-[cWiw]$/.test(call.args[at - 1] ?? '')).at(-1) ?? '';
	await call.machine.pass(1000);
	if (/^(localhost|127\.|192\.0\.2\.|web1)/.test(host)) {
		call.out(
			`PING ${host} 56(84) bytes of data.\n64 bytes from ${host}: icmp_seq=1 ttl=64 time=0.05 ms\n\n--- ${host} ping statistics ---\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n`,
		);
		return 0;
	}
	call.err(`ping: ${host}: Temporary failure in name resolution\n`);
	return 2;
}

export async function getent(call: Call): Promise<number> {
	const [database = '', ...keys] = call.args;
	const names: Record<string, string> = {'deb.debian.org': '192.0.2.80', web1: '192.0.2.10', localhost: '127.0.0.1'};
	if (database === 'hosts' || database === 'ahosts') {
		for (const key of keys) {
			if (!Object.hasOwn(names, key)) return 2;
			call.out(`${names[key]!.padEnd(15)} ${key}\n`);
		}
		return 0;
	}
	if (database !== 'passwd' && database !== 'group') return 1;
	const lines = (await call.machine.files.readFile(`/etc/${database}`)).trim().split('\n');
	const found =
		keys.length === 0
			? lines
			: lines.filter(line => keys.includes(line.split(':')[0]!) || keys.includes(line.split(':')[2]!));
	for (const line of found) call.out(`${line}\n`);
	return found.length > 0 ? 0 : 2;
}
