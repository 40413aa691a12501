import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readMarkdown} from '../../source/core/runbook/read-markdown.ts';
import {type Cost, costOf, interleaved, table} from './measure.ts';

/** Reading a document of 10,000 steps, against one linear scan of its lines. */
export async function outline(): Promise<string> {
	const document = longDocument(10_000);
	const {shellFences} = readMarkdown(document, 'long.md').counts;
	const costs = await interleaved(
		{
			'a scan for headings and fences': () => timed(() => scan(document)),
			readMarkdown: () => timed(() => readMarkdown(document, 'long.md')),
		},
		5,
	);
	const size = `${(Buffer.byteLength(document) / 1e6).toFixed(2)} MB, ${shellFences} commands`;
	return (
		table(`Outline of ${size}, medians of 5 rounds in a warm process (goal: 300 ms)`, costs) + (await cold(document))
	);
}

/** The whole of a command in the built program. */
async function cold(document: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const file = join(folder, 'long.md');
	writeFileSync(file, document);
	const costs = await interleaved(
		{
			'node -e 0': () => costOf([process.execPath, '-e', '0']),
			'handrail check long.md': () => costOf([process.execPath, 'dist/cli.js', 'check', file]),
		},
		5,
	);
	rmSync(folder, {recursive: true});
	return table('The same in a process of its own, all of it (npm run build first)', costs);
}

/** Heading, prose and a command for each step, in phases of a hundred. */
function longDocument(steps: number): string {
	const parts = ['# A long document\n'];
	for (let step = 1; step <= steps; step++) {
		if (step % 100 === 1) parts.push(`## Phase ${(step - 1) / 100 + 1}\n`);
		parts.push(`### Step ${step}: look at service ${step}\n`);
		parts.push('Look whether it is *still* running, and [what to do](#step-1) if not.\n');
		parts.push(`\`\`\`sh { name=look risk=reads }\nsystemctl is-active service-${step}\n\`\`\`\n`);
	}
	return parts.join('\n');
}

function scan(text: string): number {
	let headings = 0;
	for (const line of text.split('\n')) if (/^(#{1,6} |```)/.test(line)) headings++;
	return headings;
}

function timed(work: () => unknown): Cost {
	const before = process.cpuUsage();
	const started = performance.now();
	work();
	const {user, system} = process.cpuUsage(before);
	return {wall: performance.now() - started, cpu: (user + system) / 1000};
}
