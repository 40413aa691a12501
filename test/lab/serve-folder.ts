import {once} from 'node:events';
import {createReadStream} from 'node:fs';
import {createServer} from 'node:http';
import {join, normalize} from 'node:path';
import type {Cleaning} from './lab-host.ts';

/** Serves a folder's files over HTTP on an address of this machine until the test ends; answers the URL. */
export async function serveFolder(context: Cleaning, folder: string, address: string): Promise<string> {
	const server = createServer((request, response) => serve(folder, request.url ?? '/', response));
	context.after(async () => {
		server.close();
		server.closeAllConnections();
	});
	server.listen(0, address);
	await once(server, 'listening');
	const {port} = server.address() as {port: number};
	return `http://${address}:${port}`;
}

function serve(folder: string, url: string, response: NodeJS.WritableStream & {statusCode: number}): void {
	const path = normalize(decodeURIComponent(new URL(url, 'http://lab').pathname));
	const file = createReadStream(join(folder, path));
	file.on('error', () => {
		response.statusCode = 404;
		response.end();
	});
	file.pipe(response);
}
