import {readFileSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import type {Readings} from '../../core/gauges/gauge.ts';
import {parseSample} from '../../core/gauges/parse.ts';
import {type Sample, sectionsOf} from '../../core/gauges/sample.ts';
import type {Shell} from './shell.ts';
import {Standing} from './standing.ts';

const script = readFileSync(new URL('./sampler.sh', import.meta.url), 'utf8');

/** Milliseconds after which processes, disks, units, locks and the clock are read again. */
const slowEvery = 10_000;
/** Milliseconds between the first two samples, so that even the first readings know what counts up. */
const first = 200;
/** Milliseconds that a sample may take. */
const patience = 10_000;

/** Gauges of a host: a program that stays, a line for a sample, and what is dear only every ten seconds. */
export function sampler(shell: Shell): () => Promise<Readings> {
	const standing = new Standing(shell, script);
	let last: Sample | undefined;
	let fullAt = Number.NEGATIVE_INFINITY;
	/** What the last two scans of the processes found: what is stuck is in both. */
	let scans: (string | undefined)[] = [];
	const take = async () => {
		const isFull = performance.now() - fullAt >= slowEvery;
		const word = isFull ? 'all' : scans.length < 2 ? 'scan' : 'quick';
		const {sections} = await takeSample(standing, word);
		if (isFull) fullAt = performance.now();
		if (word !== 'quick') scans = [...scans, sections['stuck']].slice(-2);
		const before = last && {sections: {...last.sections, stuck: scans.at(-2) ?? ''}};
		last = {sections: {...last?.sections, ...sections}};
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

/** Throws `LinkLost` where the host does not answer with its figures. */
async function takeSample(standing: Standing, word: 'quick' | 'scan' | 'all'): Promise<Sample> {
	const from = Date.now();
	const {text, marker} = await standing.ask({words: [word], patience, isRepeatable: true});
	const sections = sectionsOf(text, marker);
	const here = ((from + Date.now()) / 2000).toFixed(3);
	if ('time' in sections) sections['time'] += `\nhere ${here}`;
	return {sections};
}
