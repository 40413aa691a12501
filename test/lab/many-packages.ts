import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AptRepository} from './apt-repository.ts';
import type {LabHost} from './lab-host.ts';
import {stanza, tinyDeb} from './tiny-deb.ts';

/** Lets so many packages be installed on a host, and offers a later version of each; every fifth is for security. */
export async function manyPackages(host: LabHost, repository: AptRepository, count: number): Promise<void> {
	const names = Array.from({length: count}, (_, at) => `lab-many-${String(at).padStart(4, '0')}`);
	const status = host.read('/var/lib/dpkg/status');
	const installed = names.map((name, at) => stanza({Status: 'install ok installed', ...fieldsOf(name, at, '1.0-1')}));
	host.write('/var/lib/dpkg/status', [status, ...installed].join('\n'));
	for (const name of names) {
		host.write(`/var/lib/dpkg/info/${name}.list`, '/.\n');
		host.write(`/var/lib/dpkg/info/${name}.md5sums`, '');
	}
	for (const [at, name] of names.entries()) {
		const pool = join(repository.folder, 'pool', at % 5 === 0 ? 'security' : 'release');
		for (const version of ['1.0-1', '2.0-1'])
			writeFileSync(join(pool, `${name}_${version}_all.deb`), tinyDeb(fieldsOf(name, at, version)));
	}
	await repository.publish([]);
	// What a cache of the new status file takes is not the night's.
	await host.exec('apt-get -q update');
}

/** Many come from a few sources, as those of a desktop or a compiler do. */
const fieldsOf = (name: string, at: number, version: string) => ({
	Package: name,
	Source: `lab-source-${at % 3}`,
	Version: version,
	Architecture: 'all',
	Maintainer: 'The lab <lab@example.com>',
	Description: 'one of many',
});
