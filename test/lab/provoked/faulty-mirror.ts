import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {join, normalize} from 'node:path';
import {until} from '../../helpers/task-host.ts';
import type {Cleaning} from '../lab-host.ts';

/** What comes in place of a file: another answer, its last byte altered or missing, or a beginning without an end. */
export type Fault =
	| {status: number; headers?: Record<string, string>; body?: string}
	| 'damaged'
	| 'shorter'
	| 'stalls'
	| undefined;

type Faults = (path: string, headers: IncomingHttpHeaders) => Fault;

/** A mirror of a folder, over HTTP until the test ends, that can be made to fail. */
export class FaultyMirror {
	address = '';
	#faults: Faults = () => undefined;
	readonly #folder: string;
	#asked = 0;
	#release = () => undefined as unknown;

	/** Over TLS where it has a key and a certificate. */
	static async start(context: Cleaning, folder: string, near: string, tls?: {key: string; cert: string}) {
		const mirror = new FaultyMirror(folder);
		const server = tls ? createSecureServer(tls, mirror.#listener) : createServer(mirror.#listener);
		mirror.#release = () => server.closeAllConnections();
		context.after(async () => {
			server.close();
			server.closeAllConnections();
		});
		server.listen(0, near);
		await once(server, 'listening');
		mirror.address = `${tls ? 'https' : 'http'}://${near}:${(server.address() as {port: number}).port}`;
		return mirror;
	}

	constructor(folder: string) {
		this.#folder = folder;
	}

	/** What goes wrong from now on. */
	fails(faults: Faults): void {
		this.#faults = faults;
	}

	/** Goes wrong for these files: those whose path contains a text. */
	failsFor(part: string, fault: Fault): void {
		this.fails(path => (path.includes(part) ? fault : undefined));
	}

	/** Refuses whoever gives no password. */
	wantsLogin(status: 401 | 403): void {
		const headers = {'www-authenticate': 'Basic realm="lab"'};
		this.fails((_, {authorization}) => (authorization ? undefined : {status, headers}));
	}

	/** Is as a mirror should be; what stalls is broken off. */
	recovers(): void {
		this.fails(() => undefined);
		this.#release();
	}

	/** Resolves once somebody has asked for a file since `act` began. */
	async untilAsked(act: () => Promise<unknown>): Promise<void> {
		const before = this.#asked;
		await act();
		await until(() => this.#asked > before);
	}

	#listener: RequestListener = ({url, headers}, response) => {
		// A proxy is asked for whole addresses.
		const path = normalize(decodeURIComponent(new URL(url ?? '/', 'http://lab').pathname));
		this.#asked++;
		answer(response, contentsOf(join(this.#folder, path)), this.#faults(path, headers));
	};
}

function answer(response: ServerResponse, contents: Buffer | undefined, fault: Fault): void {
	if (fault === 'stalls') return void response.writeHead(200, {'content-length': '1000000'}).write(' ');
	if (typeof fault === 'object') return void response.writeHead(fault.status, fault.headers).end(fault.body);
	if (!contents) return void response.writeHead(404).end();
	if (fault === 'damaged') contents[contents.length - 1]! ^= 1;
	response.end(fault === 'shorter' ? contents.subarray(0, -1) : contents);
}

function contentsOf(file: string): Buffer | undefined {
	try {
		return readFileSync(file);
	} catch {
		return undefined;
	}
}
