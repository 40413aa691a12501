import {open, readdir} from 'node:fs/promises';
import {join} from 'node:path';

/** A document that could be walked: how it is named on a command line, and what it calls itself. */
export type FoundRunbook = {name: string; title: string};

/** Files of a folder that hold something to do, by name. Only their beginnings are read, so that it is quick. */
export async function findRunbooks(folder: string, most = 200): Promise<FoundRunbook[]> {
	const names = await readdir(folder).catch(() => []);
	const files = names.filter(name => /\.(?:md|markdown|ya?ml)$/i.test(name) && !name.startsWith('.')).sort();
	const found = await Promise.all(files.slice(0, most).map(name => look(folder, name)));
	return found.filter(each => each !== undefined);
}

/** A document longer than this shows in its beginning what it is. */
const longest = 128 * 1024;

async function look(folder: string, name: string): Promise<FoundRunbook | undefined> {
	const text = await beginning(join(folder, name));
	const isYaml = /\.ya?ml$/i.test(name);
	const isRunbook = isYaml ? /^handrail:/m.test(text) : holdsBlock.test(text);
	return isRunbook ? {name, title: titleOf(text, isYaml) ?? name} : undefined;
}

/** A shell fence at any depth, or a manual item. */
const holdsBlock =
	/^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:(?:`{3,}|~{3,})[ \t]*\{?(?:sh|bash|zsh|ksh|dash|shell|console)\b|[-*+][ \t]+\[[ xX]\][ \t])/im;

function titleOf(text: string, isYaml: boolean): string | undefined {
	const front = isYaml ? text : (/^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '');
	const titled = /^title:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|(.*))$/m.exec(front);
	const title = titled && (titled[1] ?? titled[2] ?? titled[3]);
	return (title || /^#[ \t]+(.+?)[ \t]*#*$/m.exec(text)?.[1])?.trim() || undefined;
}

async function beginning(path: string): Promise<string> {
	try {
		const handle = await open(path, 'r');
		try {
			const {bytesRead, buffer} = await handle.read(Buffer.alloc(longest), 0, longest, 0);
			return buffer.subarray(0, bytesRead).toString('utf8');
		} finally {
			await handle.close();
		}
	} catch {
		return '';
	}
}
