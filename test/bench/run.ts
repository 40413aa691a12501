import {outline} from './outline.ts';
import {screen} from './screen.ts';
import {ssh} from './ssh.ts';
import {start} from './start.ts';

// npm run bench -- NAME: measures beside a peer in one run. Only ratios and CPU figures travel between machines.

const benchmarks: Record<string, () => Promise<string>> = {start, outline, screen, ssh};

const name = process.argv[2] ?? '';
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark) process.stdout.write(await benchmark());
else {
	process.stderr.write(`Usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')}\n`);
	process.exitCode = 2;
}
