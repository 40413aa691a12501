/**
 * Where two runbooks (or parts of them) differ, as a path like `sections.0.content.2.script`; undefined where they are the
 * same value. Places, levels of headings, blank lines around prose and the strictness of
 * the reading (`declared`: YAML always is) are no part of the value.
 */
export function difference(left: unknown, right: unknown): string | undefined {
	if (Object.is(left, right)) return undefined;
	if (!isRecord(left) || !isRecord(right) || Array.isArray(left) !== Array.isArray(right)) return '';
	for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
		if (key === 'place' || key === 'level' || key === 'declared') continue;
		const isProse = key === 'markdown' && left['kind'] === 'prose';
		const found = isProse ? difference(trimmed(left[key]), trimmed(right[key])) : difference(left[key], right[key]);
		if (found !== undefined) return found === '' ? key : `${key}.${found}`;
	}
	return undefined;
}

export const sameValue = (left: unknown, right: unknown): boolean => difference(left, right) === undefined;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const trimmed = (text: unknown) =>
	String(text)
		.replace(/^(?:[ \t]*\n)+/, '')
		.replace(/(?:\n[ \t]*)+$/, '');
