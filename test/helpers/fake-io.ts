import {Readable, Writable} from 'node:stream';
import type {Io} from '../../source/commands/command.ts';

export type FakeIo = Io & {out(): string; err(): string};

/** Streams in memory: what a command prints is read back with `out()` and `err()`. */
export function fakeIo(settings: Partial<Omit<Io, 'stdin'>> & {stdin?: string} = {}): FakeIo {
	const printed = {out: '', err: ''};
	const collect = (to: 'out' | 'err') =>
		new Writable({
			write(piece, _encoding, done) {
				printed[to] += piece;
				done();
			},
		});
	const {stdin = '', ...rest} = settings;
	return {
		stdout: collect('out'),
		stderr: collect('err'),
		stdin: Readable.from([Buffer.from(stdin)]),
		env: {},
		cwd: process.cwd(),
		isTerminal: false,
		...rest,
		out: () => printed.out,
		err: () => printed.err,
	};
}
