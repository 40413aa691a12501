import {devices} from '../shell/devices.ts';
import type {Call} from '../shell/program.ts';

/** A record that no file holds. */
const end = '\u0001';

/**
 * awk: where `next` was taken at the last record, the shell language's own leaves END after its first statement.
 * So that the last record is another one, which is not the program's: what counted it is put right.
 */
export async function awk(call: Call): Promise<number> {
	const {files} = call.machine;
	const at = programAt(call.args);
	const text = call.args[at];
	if (text === undefined || !/\bEND\b/.test(text) || !/\bnext\b/.test(text)) return await call.usual();
	const operands = call.args.slice(at + 1);
	const hasFiles = operands.some(word => !/^[A-Za-z_]\w*=/.test(word) && word !== '-');
	if (!hasFiles) await files.writeFile(devices.awkInput, Buffer.from(call.stdin, 'latin1'));
	await files.writeFile(devices.awkEnd, `${end}\n`);
	const own = `/^${end}/ { NR = NR - 1; FNR = __fnr; FILENAME = __file; $0 = __last; exit } { __last = $0; __fnr = FNR; __file = FILENAME }\n`;
	const inputs = hasFiles ? operands : [...operands.filter(word => word !== '-'), devices.awkInput];
	return await call.usual([...call.args.slice(0, at), own + text, ...inputs, devices.awkEnd]);
}

/** Where the program stands among the arguments; nowhere where it is in a file. */
function programAt(args: string[]): number {
	for (let at = 0; at < args.length; at++) {
		const word = args[at]!;
		if (word === '--') return at + 1;
		if (/^-f|^--file/.test(word)) return -1;
		if (word === '-F' || word === '-v') at += 1;
		else if (!word.startsWith('-')) return at;
	}
	return -1;
}
