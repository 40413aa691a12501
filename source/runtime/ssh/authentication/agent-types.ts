import {connect} from 'node:net';

/** Milliseconds that an agent may take to say which keys it holds. */
const limit = 3000;

/** Types of the keys that an agent holds, certificates among them; none where it cannot be asked (draft-ietf-sshm-ssh-agent). */
export async function agentTypes(path: string): Promise<string[]> {
	const socket = connect(path);
	const timer = setTimeout(() => socket.destroy(), limit);
	const chunks: Buffer[] = [];
	try {
		// SSH_AGENTC_REQUEST_IDENTITIES
		socket.write(Buffer.from([0, 0, 0, 1, 11]));
		for await (const chunk of socket) {
			chunks.push(chunk);
			const answer = Buffer.concat(chunks);
			if (answer.length > largest) return [];
			if (answer.length >= 4 && answer.length >= 4 + answer.readUInt32BE()) return typesIn(answer.subarray(4));
		}
		return [];
	} catch {
		return [];
	} finally {
		clearTimeout(timer);
		socket.destroy();
	}
}

/** SSH_AGENT_IDENTITIES_ANSWER: a count, then each key and its comment; a key begins with its type. */
function typesIn(answer: Buffer): string[] {
	if (answer[0] !== 12) return [];
	let at = 5;
	const text = (): Buffer => {
		const end = at + 4 + answer.readUInt32BE(at);
		const bytes = answer.subarray(at + 4, end);
		at = end;
		return bytes;
	};
	return Array.from({length: Math.min(answer.readUInt32BE(1), 1000)}, () => {
		const key = text();
		text();
		return key.toString('latin1', 4, 4 + key.readUInt32BE());
	});
}

/** Bytes. */
const largest = 1 << 20;
