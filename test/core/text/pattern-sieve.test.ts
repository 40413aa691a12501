import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PatternSieve} from '../../../source/core/text/pattern-sieve.ts';
import {compile, PatternSearch} from '../../../source/core/text/patterns.ts';

const foundIn = (sources: string[], text: string): string[] => {
	const patterns = sources.map(source => compile(source));
	return [...new PatternSieve(patterns).found(text, () => true)].map(({source}) => source);
};

const texts: [title: string, patterns: string[], text: string, found: string[]][] = [
	['one of many', ['a1', 'b2', 'c3'], 'x\nb2\n', ['b2']],
	['several of many', ['^a', 'b$', 'c'], 'a b\n', ['^a', 'b$']],
	['none', ['a', 'b'], 'x', []],
	['alternatives stay inside of their pattern', ['a|b', '^c'], 'xc\nb', ['a|b']],
	['flags stay inside of their pattern', ['(?i)error', 'denied'], 'ERROR DENIED', ['(?i)error']],
	['names of groups may be the same', ['(?P<n>a)', '(?P<n>b)'], 'b', ['(?P<n>b)']],
	['what asks for the ends of the text is left to others', ['\\Aa', 'b'], 'a b', ['b']],
	['together too large for one', ['(x{500}){2}', '(y{500}){2}', 'z'], `${'y'.repeat(1000)}z`, ['(y{500}){2}', 'z']],
];
for (const [title, patterns, text, found] of texts) {
	test(`a sieve finds: ${title}`, () => assert.deepEqual(foundIn(patterns, text), found));
}

test('of a hundred patterns the same are found together as by themselves', () => {
	const sources = Array.from({length: 100}, (_, each) => `(^|:)\\s*word${each}( |$)`);
	const text = 'word7\nx: word42 y\nword421\nnoword9\nrun:word99';
	assert.deepEqual(foundIn(sources, text), [sources[7], sources[42], sources[99]]);
});

test('nothing is asked of patterns that nobody wants any more', () => {
	const [first, second] = [compile('a'), compile('b')];
	assert.deepEqual([...new PatternSieve([first, second]).found('a b', pattern => pattern === second)], [second]);
});

test('a match across lines is found although its first lines came in an earlier piece that held nothing else', () => {
	const patterns = [compile('begin\\n(.*\\n){0,9}end'), compile('other')];
	const search = new PatternSearch(patterns);
	for (const piece of ['x\n'.repeat(50), 'begin\n', 'y\n', 'y\n'.repeat(7), 'end\n', 'x\n'.repeat(50)])
		search.write(piece);
	search.end();
	assert.deepEqual(search.matches, [{line: 51, text: 'begin'}, undefined]);
});
