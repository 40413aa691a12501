/** What was asked of apt-get. */
export type AptOptions = {
	verb: string;
	words: string[];
	/** Long names of the flags that were given. */
	flags: Set<string>;
	/** Values of `-o`, the last one of a name counts; those of lists are joined by blanks. */
	settings: Map<string, string>;
	quiet: number;
	unknown?: string;
};

const short: Record<string, string> = {
	y: 'yes',
	s: 'simulate',
	d: 'download-only',
	f: 'fix-broken',
	V: 'verbose-versions',
	m: 'fix-missing',
	u: 'show-upgraded',
	a: 'all-versions',
};

const same: Record<string, string> = {
	'assume-yes': 'yes',
	'just-print': 'simulate',
	'dry-run': 'simulate',
	recon: 'simulate',
	'no-act': 'simulate',
};

const long = new Set(
	'yes simulate download-only fix-broken verbose-versions fix-missing show-upgraded with-new-pkgs allow-downgrades only-upgrade no-remove print-uris assume-no purge no-install-recommends install-recommends reinstall allow-change-held-packages no-download ignore-missing autoremove auto-remove upgradable installed trivial-only all-versions'.split(
		' ',
	),
);

export function aptOptions(args: string[]): AptOptions {
	const options: AptOptions = {verb: '', words: [], flags: new Set(), settings: new Map(), quiet: 0};
	for (let at = 0; at < args.length; at++) {
		const word = args[at]!;
		if (word === '-o' || word === '--option' || word === '-t' || word === '-c') {
			at += 1;
			if (word !== '-t' && word !== '-c') set(options, args[at] ?? '');
		} else if (word.startsWith('-o')) set(options, word.slice(2));
		else if (/^-q+$/.test(word)) options.quiet += word.length - 1;
		else if (/^(-q=|--quiet)/.test(word)) options.quiet += Number(word.split('=')[1] ?? 1);
		else if (word.startsWith('--')) addLong(options, word.slice(2));
		else if (word.startsWith('-') && word.length > 1) addShort(options, word);
		else if (options.verb === '') options.verb = word;
		else options.words.push(word);
	}
	return options;
}

/** Options that dpkg is to be given. */
export const dpkgOptions = ({settings}: AptOptions): string[] =>
	(settings.get('dpkg::options') ?? '').split(' ').filter(Boolean);

function set({settings}: AptOptions, text: string): void {
	const at = text.indexOf('=');
	const name = text.slice(0, at).toLowerCase();
	const value = text.slice(at + 1);
	if (name.endsWith('::')) settings.set(name.slice(0, -2), `${settings.get(name.slice(0, -2)) ?? ''} ${value}`.trim());
	else if (at > 0) settings.set(name, value);
}

function addLong(options: AptOptions, name: string): void {
	const known = same[name] ?? name;
	if (long.has(known)) options.flags.add(known);
	else options.unknown ??= `--${name}`;
}

function addShort(options: AptOptions, word: string): void {
	for (const letter of word.slice(1)) {
		const name = short[letter];
		if (name) options.flags.add(name);
		else if (letter === 'q') options.quiet += 1;
		else options.unknown ??= word;
	}
}
