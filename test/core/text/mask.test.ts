import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {isTooShort, Masker, mask, maskExcerpt} from '../../../source/core/text/mask.ts';
import {variantsOf} from '../../../source/core/text/mask-variants.ts';

const secret = `it's a "pass"/w$rd+é`;
const encode = (text: string) => Buffer.from(text).toString('base64');

/** What is left may be what the encoding mixed with the characters beside the secret. */
const shown: [string, string, RegExp][] = [
	['as it is', secret, /^\*{3}$/],
	['in JSON', JSON.stringify({p: secret}), /^\{"p":"\*{3}"\}$/],
	['in JSON that escapes slashes', JSON.stringify(secret).replaceAll('/', '\\/'), /^"\*{3}"$/],
	['in JSON of ASCII only', JSON.stringify(secret).replace('é', '\\u00e9'), /^"\*{3}"$/],
	['in a URL', `https://x/?p=${encodeURIComponent(secret)}&q=1`, /^https:\/\/x\/\?p=\*{3}&q=1$/],
	[
		'in a URL with small hexadecimal digits',
		encodeURIComponent(secret).replaceAll(/%../g, hex => hex.toLowerCase()),
		/^\*{3}$/,
	],
	['in form data', new URLSearchParams({p: secret}).toString(), /^p=\*{3}$/],
	['in single quotes of a shell', `'${secret.replaceAll("'", "'\\''")}'`, /^'\*{3}'$/],
	['in double quotes of a shell', `"${secret.replaceAll(/["$`\\]/g, '\\$&')}"`, /^"\*{3}"$/],
	['in base64', encode(secret), /^\*{3}.?={0,2}$/],
	['in base64 behind one byte', encode(`:${secret}`), /^..\*{3}.?={0,2}$/],
	['in base64 behind two bytes', encode(`u:${secret}`), /^...\*{3}.?={0,2}$/],
	['in base64 behind a user name', `Basic ${encode(`admin:${secret}`)}`, /^Basic .{8}\*{3}.?={0,2}$/],
	['in base64 with a line feed', encode(`${secret}\n`), /^\*{3}.{0,2}={0,2}$/],
	['in base64 for URLs', Buffer.from(`ab${secret}`).toString('base64url'), /^...\*{3}.?$/],
];

for (const [title, text, left] of shown) {
	test(`a secret ${title} is masked`, () => assert.match(mask(text, [secret]), left));
}

const table: [string, string, string[], string][] = [
	['text without a secret', 'nothing here', ['hunter2'], 'nothing here'],
	['two in a row', 'hunter2hunter2', ['hunter2'], '******'],
	['one that overlaps itself', 'xaaaaaay', ['aaaa'], 'x***y'],
	['two that overlap each other', '-abcdefghi-', ['abcdef', 'defghi'], '-***-'],
	['one inside the other', '-abcdefghi-', ['cdef', 'abcdefghi'], '-***-'],
	['signs of a pattern', 'a.c$ a[b]c (x|y)*', ['(x|y)*', 'a.c$'], '*** a[b]c ***'],
	[
		'each line of several',
		'k1: first line\nk2: second line\nk3: abc',
		['first line\nsecond line\nabc'],
		'k1: ***\nk2: ***\nk3: abc',
	],
	[
		'one that is wrapped',
		`${'-'.repeat(60)}hunter\nhunter2hun\nter2`,
		['hunterhunter2'],
		`${'-'.repeat(60)}***hun\nter2`,
	],
	[
		'one that is wrapped by a terminal',
		`${'-'.repeat(74)}hunter\r\n2secret ok`,
		['hunter2secret'],
		`${'-'.repeat(74)}*** ok`,
	],
	['one that is wrapped twice', `a${'k'.repeat(199)}z`.replaceAll(/.{64}/g, '$&\n'), [`a${'k'.repeat(199)}z`], '***'],
	['what only looks wrapped', 'made by hun\nter2', ['hunter2'], 'made by hun\nter2'],
	[
		'several lines of which the first stands behind others',
		`${'-'.repeat(50)}first\nlast line\n`,
		['first\nlast line'],
		`${'-'.repeat(50)}***\n`,
	],
	['too short a secret', 'abc abcd', ['abc'], 'abc abcd'],
	['an empty secret', 'abc', [''], 'abc'],
];

for (const [title, text, secrets, expected] of table) {
	test(`masking: ${title}`, () => assert.equal(mask(text, secrets), expected));
}

test('a secret in base64 of many lines is masked', () => {
	for (const width of [64, 76]) {
		const text = Buffer.from(`${'x'.repeat(100)}password=hunter2-${'y'.repeat(9)} and more of it`).toString('base64');
		for (let shift = 0; shift < 12; shift++) {
			const lines = Buffer.from('z'.repeat(shift) + Buffer.from(text, 'base64').toString()).toString('base64');
			const masked = mask(lines.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n'), ['hunter2-yyyyyyyyy']);
			const rest = Buffer.from(masked.replaceAll(/[\n*]/g, ''), 'base64').toString('latin1');
			assert.ok(masked.includes('***') && !/hunter|2-yyy/.test(rest), masked);
		}
	}
});

const excerpts: [string, string, string[], string][] = [
	['all of it', 'E: hunter2secret', ['hunter2secret'], 'E: ***'],
	['its beginning at the end', 'E: hunter2s', ['hunter2secret'], 'E: ***'],
	['its end at the beginning', 'secret is wrong', ['hunter2secret'], '*** is wrong'],
	['its middle alone', 'unter2se', ['hunter2secret'], '***'],
	['too little of it', 'ret is hun', ['hunter2secret'], 'ret is hun'],
	['nothing of it', 'E: no', ['hunter2secret'], 'E: no'],
];

for (const [title, text, secrets, expected] of excerpts) {
	test(`an excerpt with a secret in it: ${title}`, () => assert.equal(maskExcerpt(text, secrets), expected));
}

test('of a secret it can be said that it is too short', () => {
	assert.deepEqual(['abc', '', 'long enough', 'ab\ncd'].map(isTooShort), [true, true, false, false]);
});

test('however output is cut, nothing leaks and the result is the same', () => {
	const secrets = ['hunter2', 'aaaa', 'abcdef', 'defghi', "it's", '-----BEGIN\nQUJDREVG\n-----END'];
	const fragment = fc.oneof(
		fc.constantFrom(...secrets, ...secrets.flatMap(variantsOf), 'hunter', '2', 'aaa', 'def', '\n', '\r\n', ' ', "'"),
		fc.constantFrom('hun\nter2', 'hunter\r\n2', 'abc\ndef', 'QUJD\nREVG'),
		fc.constant('-'.repeat(40)),
		fc.string({maxLength: 6}),
	);
	const cuts = fc.array(fc.integer({min: 0, max: 12}), {maxLength: 60});
	fc.assert(
		fc.property(fc.array(fragment, {maxLength: 12}), cuts, (fragments, sizes) => {
			const text = fragments.join('');
			const masker = new Masker(secrets);
			let result = '';
			let at = 0;
			for (const size of sizes) {
				result += masker.write(text.slice(at, at + size));
				at += size;
			}
			result += masker.write(text.slice(at)) + masker.end();
			assert.equal(result, mask(text, secrets));
			for (const form of secrets.flatMap(variantsOf)) assert.ok(!result.includes(form), `${form} in ${result}`);
		}),
		{numRuns: 2000},
	);
});

test('only what may be the beginning of a secret is held back', () => {
	const masker = new Masker(['hunter2secret']);
	assert.equal(masker.write('Password: '), 'Password: ');
	assert.equal(masker.write('hunter'), '');
	assert.equal(masker.write('s'), 'hunters');
	assert.equal(masker.write('hunter2secre'), '');
	assert.equal(masker.write('t ok'), '*** ok');
	assert.equal(masker.write('hunter2'), '');
	assert.equal(masker.end(), 'hunter2');
});

test('a long secret is masked within seconds in hostile output of many pieces', () => {
	const masker = new Masker(['a'.repeat(4000), `${'a'.repeat(3999)}b`]);
	const started = performance.now();
	for (let count = 0; count < 200; count++) masker.write('a'.repeat(1000));
	assert.ok(performance.now() - started < 20_000);
});
