import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AptRepository} from '../apt-repository.ts';

/** Changes what a repository says of its release, and signs that anew. `fields` replace or add. */
export async function resign(
	{folder, signer}: AptRepository,
	fields: Record<string, string>,
	suite = 'bookworm',
): Promise<void> {
	const signed = join(folder, 'dists', suite, 'InRelease');
	// RFC 9580, 7: the text stands between an empty line and the signature.
	let text = readFileSync(signed, 'utf8').split('\n\n')[1]!.split('-----BEGIN PGP SIGNATURE-----')[0]!;
	for (const [field, value] of Object.entries(fields)) {
		text = `${field}: ${value}\n${text.replace(new RegExp(`^${field}: .*\n`, 'm'), '')}`;
	}
	writeFileSync(join(folder, 'Release'), text);
	await signer.gpg('--output', signed, '--clearsign', join(folder, 'Release'));
}
