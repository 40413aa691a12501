import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, connect as dial, type Socket} from 'node:net';
import {test} from 'node:test';
import {nobody} from '../../../../source/runtime/hosts/ask-login.ts';
import {LinkLost, NotConnected} from '../../../../source/runtime/hosts/host.ts';
import {LoginMemory} from '../../../../source/runtime/ssh/authentication/login-memory.ts';
import {readConfiguration} from '../../../../source/runtime/ssh/configuration/read-configuration.ts';
import {openChannel} from '../../../../source/runtime/ssh/ssh2/channel.ts';
import {openConnection} from '../../../../source/runtime/ssh/ssh2/open-connection.ts';
import {hasNoSshd, sshServer} from '../../../helpers/ssh/ssh-server.ts';

const nothing = async function* (): AsyncGenerator<Uint8Array> {};
const never = new AbortController().signal;

/** What a server sends before it has heard of any key: its name and what it can do, the same for everybody. */
async function preamble(port: number): Promise<Buffer> {
	const socket = dial(port, '127.0.0.1');
	socket.write('SSH-2.0-test\r\n');
	let bytes = Buffer.alloc(0);
	for await (const chunk of socket) {
		bytes = Buffer.concat([bytes, chunk]);
		const name = bytes.indexOf('\n') + 1;
		if (name > 0 && bytes.length >= name + 4 && bytes.length >= name + 4 + bytes.readUInt32BE(name)) break;
	}
	return bytes;
}

test('Wherever a server goes away in the first 4 kB, it is one line, or a connection that is lost', {
	skip: hasNoSshd,
	timeout: 60_000,
}, async context => {
	const server = await sshServer(context, ['MaxStartups 100']);
	const same = await preamble(server.port);
	assert.ok(same.length > 500);
	/** Bytes after which the next connections end. */
	const limits: number[] = [];
	const proxy = createServer((socket: Socket) => {
		socket.on('error', () => {});
		const limit = limits.shift() ?? 0;
		// Nothing that the client sends matters yet, so there is no need for the server.
		if (limit <= same.length) socket.end(same.subarray(0, limit));
		else passOn(socket, dial(server.port, '127.0.0.1'), limit);
	}).listen(0, '127.0.0.1');
	context.after(() => proxy.close());
	await once(proxy, 'listening');
	server.configure(['HostKeyAlias web'], (proxy.address() as {port: number}).port);
	server.know([`web ${server.key()}`]);
	const configuration = await readConfiguration({host: 'web1'}, server.env, never);

	async function attempt(): Promise<boolean> {
		try {
			const memory = new LoginMemory();
			const connection = await openConnection(
				{host: 'web1', configuration, acceptsNew: false, asks: nobody, memory},
				never,
			);
			const channel = await openChannel(connection, 'head -c 100000 /dev/zero', nothing()).catch(error => {
				assert.ok(error instanceof LinkLost, error.stack);
			});
			for await (const _ of channel?.stdout ?? []);
			assert.equal((await channel?.ended) ?? 'lost', 'lost');
			await connection.lost;
			return true;
		} catch (error) {
			assert.ok(error instanceof NotConnected, String(error));
			assert.match(error.message, /^web1: 127\.0\.0\.1, port \d+ [^\n]+$/);
			assert.match(error.hint, /^[^\n]+$/);
			return false;
		}
	}

	let offset = 0;
	let refused = 0;
	let connected = 0;
	await Promise.all(
		Array.from({length: 8}, async () => {
			while (offset < 4096) {
				// Once the login is through, what comes depends no more on where exactly the end is.
				offset += connected > 16 ? 97 : 1;
				limits.push(offset);
				if (await attempt()) connected++;
				else refused++;
			}
		}),
	);
	assert.ok(refused > 1500 && connected > 16, `${refused} refused, ${connected} connected`);
});

function passOn(client: Socket, upstream: Socket, limit: number): void {
	let sent = 0;
	upstream.on('error', () => {});
	client.pipe(upstream);
	client.on('close', () => upstream.destroy());
	upstream.on('close', () => client.destroySoon());
	upstream.on('data', (bytes: Buffer) => {
		if (sent < limit) client.write(bytes.subarray(0, limit - sent));
		sent += bytes.length;
		if (sent >= limit) {
			client.destroySoon();
			upstream.destroy();
		}
	});
}
