import {generateKeyPairSync} from 'node:crypto';
import type {AddressInfo} from 'node:net';
import ssh2 from 'ssh2';

// A server that lets in everybody and sends on any channel without end, whatever it was allowed to. Prints its port. The
// command says how: `out` and `err` after it was begun, `early` before that, `late` after the end of the channel.
const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
const hostKey = privateKey.export({type: 'pkcs1', format: 'pem'}) as string;
const chunk = Buffer.alloc(32_000, 'x');

type Inside = {
	_protocol: Record<'channelEOF' | 'channelData' | 'channelExtData', (...words: unknown[]) => void>;
	_sock: {writableLength: number; writable: boolean};
};

const server = new ssh2.Server({hostKeys: [hostKey]}, client => {
	client.on('error', () => {});
	client.on('authentication', context => context.accept());
	client.on('session', accept => {
		const session = accept();
		session.on('exec', (begin, _refuse, {command}) => {
			const kind = /out|err|early|late/.exec(command)![0];
			if (kind !== 'early') begin();
			const {_chanInfo} = session as unknown as {_chanInfo: {outgoing: {id: number}}};
			flood(client as unknown as Inside, _chanInfo.outgoing.id, kind);
		});
	});
});

function flood({_protocol: protocol, _sock: socket}: Inside, id: number, kind: string): void {
	if (kind === 'late') protocol.channelEOF(id);
	const timer = setInterval(() => {
		if (!socket.writable) return clearInterval(timer);
		while (socket.writableLength < 16_000_000) {
			if (kind === 'err' || kind === 'late') protocol.channelExtData(id, chunk, 1);
			if (kind !== 'err') protocol.channelData(id, chunk);
		}
	}, 1);
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
