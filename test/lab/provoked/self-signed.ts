import {execFileSync} from 'node:child_process';

/** A certificate that nobody vouches for, and its key, for an address. */
export function selfSigned(address: string): {key: string; cert: string} {
	const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '-'];
	const subject = ['-subj', '/CN=lab', '-addext', `subjectAltName=IP:${address}`];
	const pem = execFileSync('openssl', ['req', '-x509', ...key, ...subject], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return {key: pem, cert: pem};
}
