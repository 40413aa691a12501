import {randomBytes} from 'node:crypto';
import {both, type Generations, type Package} from '../lab-packages.ts';

type Pair = {old: Package | Package[]; new: Package | Package[]};

/** Of each failure of apt a package that meets it when it is upgraded, and those that it needs for that. */
export function failingPackages(): Generations {
	return generations([
		...['lab-plain', 'lab-gone', 'lab-damaged', 'lab-needed', 'lab-waits'].map(plain),
		both(version => ({name: 'lab-asks', version, ...configuration('/etc/lab/asks.conf', version)})),
		both(version => ({
			name: 'lab-service',
			version,
			...configuration('/etc/lab/service.conf', version),
			postinst: `grep -q 'format ${version}' /etc/lab/service.conf || { echo "service.conf: unknown format" >&2; exit 1; }`,
		})),
		since2('lab-before', {preinst: 'test -e /etc/lab/before'}),
		both(version => ({name: 'lab-leaves', version, prerm: 'test ! -e /etc/lab/stays'})),
		since2('lab-taker', {files: {'/usr/share/lab/shared': 'taker\n'}}),
		{old: {name: 'lab-foreign', version: '1.0-1', files: {'/usr/share/lab/shared': 'foreign\n'}}, new: []},
		since2('lab-incomplete', {depends: 'lab-absent (>= 9)'}),
		since2('lab-needing', {depends: 'lab-needed (>= 2.0)'}),
		since2('lab-rival', {conflicts: 'lab-plain'}),
		since2('lab-half', {depends: 'lab-late'}),
		{old: [], new: {name: 'lab-late', version: '1.0-1'}},
		...['lab-busy', 'lab-cut', 'lab-killed'].map(waitsForFile),
	]);
}

/** As failingPackages, for dnf and zypper. */
export function failingRpms(): Generations {
	const needs = (file: string) => `test -e ${file} || { echo "there is no ${file}" >&2; exit 1; }`;
	return generations([
		...['lab-plain', 'lab-gone', 'lab-damaged', 'lab-waits', 'lab-blocked', 'lab-thrown', 'lab-kept', 'lab-signed'].map(
			plain,
		),
		since2('lab-after', {postinst: needs('/etc/lab-after')}),
		since2('lab-before', {preinst: needs('/etc/lab-before')}),
		since2('lab-taker', {files: {'/usr/share/lab/shared': 'taker\n'}}),
		{old: {name: 'lab-foreign', version: '1.0-1', files: {'/usr/share/lab/shared': 'foreign\n'}}, new: []},
		since2('lab-incomplete', {depends: 'lab-absent >= 9'}),
		// While it is installed, rpm has no older version of it.
		{old: [], new: waitsForFile('lab-busy').new},
		...['lab-cut', 'lab-killed'].map(waitsForFile),
	]);
}

/** Packages that need room; the script of one takes what there is, where a file tells it to. */
export function largePackages(): Generations {
	const large = (name: string) => ({files: {[`/usr/share/lab/${name}`]: 'x'.repeat(12 << 20)}});
	// What cannot be compressed, so that it is large when it is fetched, too.
	const bulky = {'/usr/share/lab/bulky': randomBytes(4 << 20).toString('hex')};
	const fills = 'test ! -e /etc/lab-fills || dd if=/dev/zero of=/var/log/lab.log bs=64k 2> /dev/null || :';
	return generations([
		plain('lab-plain'),
		since2('lab-bulky', {files: bulky}),
		since2('lab-large', large('large')),
		since2('lab-full', {...large('full'), preinst: fills}),
	]);
}

const plain = (name: string) => both(version => ({name, version}));

/** One whose second version is different. */
const since2 = (name: string, what: Partial<Package>) =>
	both(version => ({name, version, ...(version !== '1.0-1' && what)}));

/** One whose second version is not set up as long as a file of its name is there. */
const waitsForFile = (name: string) => since2(name, {postinst: `while test -e /etc/${name}; do sleep 0.1; done`});

const configuration = (path: string, version: string) => ({
	files: {[path]: `format ${version}\n`},
	conffiles: [path],
});

const generations = (pairs: Pair[]): Generations => ({
	old: pairs.flatMap(pair => pair.old),
	new: pairs.flatMap(pair => pair.new),
});
