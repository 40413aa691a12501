import fc from 'fast-check';

/** Markdown documents built of what real ones hold and what breaks careless readers; LF or CRLF, blank lines or not. */
export function nastyMarkdown(): fc.Arbitrary<string> {
	const piece = fc.oneof(
		{weight: 4, arbitrary: heading},
		{weight: 6, arbitrary: fc.constantFrom(...prose)},
		{weight: 6, arbitrary: shellFence()},
		{weight: 2, arbitrary: fc.constantFrom(...otherFences)},
		{weight: 3, arbitrary: fc.constantFrom(...items)},
		{weight: 1, arbitrary: inContainer()},
	);
	const glue = fc.constantFrom('\n', '\n\n', '\n\n', '\n\n\n', '\n \n');
	return fc
		.tuple(
			fc.constantFrom(...beginnings),
			fc.array(fc.tuple(piece, glue), {maxLength: 12}),
			fc.constantFrom('\n', '\n', '\r\n'),
		)
		.map(([beginning, pieces, newline]) => (beginning + pieces.flat().join('')).replaceAll('\n', newline));
}

/** The text of a fence: whatever a shell may meet. */
const scriptLine = fc.constantFrom(
	'echo one',
	'',
	'\techo tabbed',
	'  echo indented',
	'sudo apt-get -y upgrade',
	"printf '%s\\n' \"$HOME\" | sed 's/`//g'",
	'cat <<EOF > /tmp/x',
	'EOF',
	'```',
	'````sh',
	'~~~',
	'# a comment',
	'$ echo prompted',
	'root@web1# echo root',
	'user@web1$ echo prompt',
	'> continued',
	'echo a \\',
	'echo "open',
	'closed"',
	'- [ ] no item',
	'## no heading',
	'---',
	'<!-- no comment',
	'echo trailing  ',
	'ls <name>',
	'NAME=value',
	'cd /tmp',
	'echo "ünïcode → ☃ 𝄞"',
	"it's",
);

const beginnings = [
	'',
	'',
	'# The title\n\n',
	'---\nhandrail: 1\ntitle: From the front\n---\n\n',
	'---\nhandrail: 1\ninputs:\n  TICKET: { prompt: "Ticket: which?", default: "no: 1", pattern: "^[A-Z]+$" }\n  SITE: { prompt: Site, values: [a, "b c"] }\nrequire: window /boot<90\n---\n# The title\n',
	'---\nlayout: page\ntags: [a, b]\n---\nThe title\n=========\n\n',
	'\ufeff# The title\n',
];

const heading = fc
	.tuple(
		fc.constantFrom('#', '##', '##', '###', '###', '####', '######'),
		fc.constantFrom(
			'Prepare',
			'Prepare',
			'Apply `the` **updates**',
			'Rollback Options',
			'2. Troubleshooting',
			'Which way?',
			'Ünïcode & <b>HTML</b> ☃',
			'C# and F #',
			'Trailing \\#',
			'a_b_c *d* [link](#prepare)',
			'1 - 2',
			'',
			'Symbols: $HOME `a``b` \\* & &amp; <x>',
		),
		fc.constantFrom(
			'',
			'',
			' ##',
			'\n<!-- handrail when="pm=apt" takes=10m loses="it\'s gone" -->',
			'\n\n<!-- handrail role=rollback require="window rollback" -->',
		),
	)
	.map(([level, text, end]) => `${level} ${text}${end}`);

const prose = [
	'Plain text with `code`, **bold** and a [link](#prepare).',
	'Two lines,  \nthe first with trailing blanks  ',
	'``` not a fence ```',
	'Text with `` ` `` and ``` ` ```.',
	'    indented code\n    - [ ] no item\n    ```sh\n    echo hidden\n    ```',
	'\tindented by a tab\n\n\tand again',
	'- an item\n- another\n  with a second line',
	'- a\n\n      indented code in an item',
	'* star\n* list',
	'1. one\n2. two\n   - nested',
	'7) seven\n8) eight',
	'<!-- a comment -->',
	'<!--\n# no heading\n\n- [ ] no item\n```sh\necho no\n```\n-->',
	'<details><summary>More</summary>\n\ntext\n\n</details>',
	'<div>\n## no heading\n</div>',
	'> quoted\n> - [ ] no?\nlazy',
	'---',
	'***',
	'| a | b |\n|---|---|\n| `- [ ]` | ``` |',
	'**Only bold**',
	'**Only bold.**',
	'[ref]: https://example.com "Title"',
	'![image](x.png)',
	'\\# escaped heading\n\\- [ ] escaped item',
	'Line\\\nbreak',
	'+ plus\n\n\n+ far apart',
	'# ',
	'#no heading',
	'=====',
	':::note\ntext\n:::',
	'{{< shortcode >}}',
	'$ echo prompt in prose',
	'Ends with spaces   ',
	'~~struck~~ ~~~not a fence',
];

const otherFences = [
	'```\nuntagged output\n```',
	'```text { symptom }\n^E: \nno space left\n```',
	'```text {symptom when="pm=apt"}\ndpkg was interrupted\n```',
	'```json\n{"a": "```"}\n```',
	'~~~yaml\n- [ ] no item\n~~~',
	'```sh\n# only a comment\n```',
	'```console\n$ echo one\none\n$ echo two \\\n> three\ntwo three\n```',
	'```sh { name=prompted }\nuser@web1:~$ cat <<E\n> $ inner\n> E\n$ true\n```',
	'```\n\n\n```',
	'~~~\n```sh\necho shown\n```\n~~~',
	'```sh\n```',
];

const items = [
	'- [ ] Tell people',
	'- [x] Tell `them` **again**',
	'- [ ] First\n- [ ] Second\n  with more text\n- [X] Third',
	'- [ ] With a command\n\n  ```sh\n  echo inside\n  ```',
	'1. [ ] Numbered\n2. Not a task\n\n   ```bash\n   echo two\n   ```\n\n   after it\n\n       indented',
	'- outer\n  - [ ] inner\n    - deepest\n- outer again',
	'* [ ] star\n\n  second paragraph\n\n  ```\n  output\n  ```',
	'- [Prepare](#prepare)\n- [Gone](#gone)',
	'## Which way?\n\n- [Prepare](#prepare) when it is\n- [Apply](#apply-the-updates)\n',
	'## Where to?\n- [A](#a)\n- [B](#b) or *b*\n\n### A\n\n### B\n',
];

function shellFence(): fc.Arbitrary<string> {
	const info = fc.constantFrom(
		'sh',
		'bash',
		'Shell',
		'ZSH',
		'ksh',
		'sh { name=apply }',
		'sh {check}',
		'bash { name=files when="pm=apt os!=debian" durable idle=15m fail-match="^E: " }',
		`sh { match='say "x"' expect=0,100 timeout=1h30m retries=2 risk=reads }`,
		`sh { loses="it's" takes=90s sudo tty cwd=/srv sensitive once errexit=no }`,
		'sh { undo }',
		'sh { risk=disrupts reboots }',
		'sh { undo=at-end capture=OUT }',
		'sh { gauge=queue unit=items high=3 critical=5.5 }',
		'sh { ready }',
		'sh { available when="pm=dnf" }',
		'sh { plan }',
		'sh { example }',
		'sh {"name":"json","match":"a\\"b\'c"}',
		'sh { on=control interpreter=bash }',
		'sh { match="a`b" }',
	);
	return fc.tuple(info, fc.array(scriptLine, {maxLength: 5})).map(([words, lines]) => {
		const mark = words.includes('`') || lines.some(line => line.startsWith('`')) ? '~~~~~' : '```';
		return [mark + words, ...lines, mark].join('\n');
	});
}

function inContainer(): fc.Arbitrary<string> {
	const inner = fc.oneof(shellFence(), fc.constantFrom(...prose), fc.constantFrom(...items), heading);
	return fc.oneof(
		inner.map(text => `> ${text.replaceAll('\n', '\n> ')}`),
		inner.map(text => `- ${text.replaceAll('\n', '\n  ')}`),
		fc
			.tuple(inner, inner)
			.map(([first, second]) => `3. ${first.replaceAll('\n', '\n   ')}\n\n   ${second.replaceAll('\n', '\n   ')}`),
	);
}
