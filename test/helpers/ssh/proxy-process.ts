import {connect, createServer} from 'node:net';

// A wire to a port of this machine that can be stopped (SIGSTOP) and cut (SIGKILL). Prints its own port.
const target = Number(process.argv[2]);
const server = createServer(client => {
	const upstream = connect(target, '127.0.0.1');
	for (const [from, to] of [
		[client, upstream],
		[upstream, client],
	] as const) {
		from.on('error', () => to.destroy());
		from.pipe(to);
	}
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as {port: number}).port}\n`));
