import type {ParsedKey} from 'ssh2';
import {fingerprint} from '../host-keys/fingerprint.ts';
import {type Parse, readKeyFile} from './key-files.ts';
import type {Attempt, Login, Way} from './login-way.ts';
import {oneKeyAgent, type Signer} from './one-key-agent.ts';
import {unlockKey} from './unlock-key.ts';

/**
 * Keys of the agent and of key files: configured ones that the agent holds, its others, files, encrypted files. Each is
 * shown first and signs only when the server would take it, so a passphrase is asked for no key in vain.
 */
export async function keyWay(login: Login): Promise<Way & {unused: string[]}> {
	const {library, configuration, interview, memory, keysOf, over} = login;
	const {identityAgent, identityFiles, identitiesOnly, user} = configuration;
	const parse = library.utils.parseKey as unknown as Parse;
	const unused: string[] = [];
	const files = await Promise.all(identityFiles.map(path => readKeyFile(path, parse)));
	const agent = identityAgent ? library.createAgent(identityAgent) : undefined;
	const answer = agent ? await keysOf(identityAgent!, agent) : [];
	if (typeof answer === 'string') unused.push(`the agent at ${identityAgent} ${answer}`);
	const held = typeof answer === 'string' ? [] : answer;
	const configured = files.flatMap(file => ('key' in file && file.key ? [file.key] : []));
	const first = configured.flatMap(key => held.filter(isSame(key)).slice(0, 1));
	const others = identitiesOnly ? [] : held.filter(key => !first.some(isSame(key)));

	const attempt = (words: string, signer: Signer): Attempt => {
		const sign: Signer['sign'] = async (data, hash) => {
			const made = await signer.sign(data, hash);
			interview.confirmation.begin();
			return made;
		};
		return {
			words,
			method: {type: 'agent', username: user, agent: oneKeyAgent(library, {key: signer.key, sign}, over)},
		};
	};
	const byAgent = (key: ParsedKey): Attempt =>
		attempt(`${key.comment || fingerprint(key.getPublicSSH())} of the agent`, {
			key: async () => key,
			sign: (data, hash) => {
				interview.confirmation.begin(agentWaits);
				return new Promise((resolve, reject) =>
					agent!.sign(key, data, {hash: hash as never}, (error, made) => (error ? reject(error) : resolve(made!))),
				);
			},
		});
	const byFile = (path: string, half: ParsedKey | undefined, whole: () => Promise<ParsedKey>): Attempt =>
		attempt(path, {
			key: half ? async () => half : whole,
			sign: async (data, hash) => signed(await whole(), data, hash),
		});

	const [plain, encrypted]: [Attempt[], Attempt[]] = [[], []];
	for (const file of files) {
		const {path} = file;
		if ('key' in file && file.key && held.some(isSame(file.key))) continue;
		if (file.is === 'private') plain.push(byFile(path, file.key, async () => file.key));
		else if (file.is !== 'encrypted') {
			if (file.is !== 'missing' && file.why) unused.push(`${path} ${file.why}`);
		} else if (interview.isNobody && !memory.keys.has(path)) {
			unused.push(`${path} is encrypted, and nobody is there for its passphrase (ssh-add ${path})`);
		} else {
			const unlock = () => unlockKey(file, parse, login);
			encrypted.push(
				byFile(path, file.key, () =>
					unlock().catch(error => {
						unused.push(`${path} ${error.message}`);
						throw error;
					}),
				),
			);
		}
	}
	const attempts = [...[...first, ...others].map(byAgent), ...plain, ...encrypted];
	return {unused, next: async () => attempts.shift()};
}

const agentWaits = 'waiting for the agent to sign (a touch or a yes, perhaps)';

const isSame = (one: ParsedKey) => (other: ParsedKey) => one.getPublicSSH().equals(other.getPublicSSH());

/** ssh2 answers with an error instead of throwing it. */
function signed(key: ParsedKey, data: Buffer, hash: string | undefined): Buffer {
	const made: unknown = key.sign(data, hash);
	if (made instanceof Error) throw made;
	return made as Buffer;
}
