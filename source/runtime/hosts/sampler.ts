import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import type {Readings} from '../../core/gauges/gauge.ts';
import {parseSample} from '../../core/gauges/parse.ts';
import {type Sample, sectionsOf} from '../../core/gauges/sample.ts';
import {LinkLost} from './host.ts';
import {drain, request} from './request.ts';
import type {Shell} from './shell.ts';

const script = readFileSync(new URL('./sampler.sh', import.meta.url), 'utf8');

/** Milliseconds after which disks, units, locks and the clock are read again. */
const slowEvery = 10_000;
/** Milliseconds between the first two samples, so that even the first readings know what counts up. */
const first = 200;
/** Milliseconds that a sample may take. */
const patience = 10_000;

/** Gauges of a host: one process start a sample, and what is dear only every ten seconds. */
export function sampler(shell: Shell): () => Promise<Readings> {
	let last: Sample | undefined;
	let fullAt = Number.NEGATIVE_INFINITY;
	const take = async () => {
		const isFull = performance.now() - fullAt >= slowEvery;
		const sample = await takeSample(shell, isFull);
		if (isFull) fullAt = performance.now();
		const before = last;
		last = {sections: {...before?.sections, ...sample.sections}};
		return parseSample(last, before);
	};
	return async () => {
		if (!last) {
			await take();
			await wait(first);
		}
		return take();
	};
}

/** Runs the script once. Throws `LinkLost` where it does not answer. */
export async function takeSample(shell: Shell, isFull: boolean): Promise<Sample> {
	const marker = randomBytes(8).toString('hex');
	const from = Date.now();
	const answer = await request(shell, {program: script, words: [marker, isFull ? 'all' : 'quick']});
	drain(answer.stderr);
	const timer = setTimeout(answer.kill, patience);
	const output = Buffer.from(await answer.stdout.all(2 << 20)).toString('utf8');
	clearTimeout(timer);
	const sections = sectionsOf(output, marker);
	if (!('end' in sections)) throw new LinkLost('The host did not answer with its figures');
	const here = ((from + Date.now()) / 2000).toFixed(3);
	if ('time' in sections) sections['time'] += `\nhere ${here}`;
	return {sections};
}
