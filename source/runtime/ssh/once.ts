/** Asks once for each key, and gives the same answer to whoever asks again. */
export function once<K, T>(ask: (key: K) => Promise<T>): (key: K) => Promise<T> {
	const answers = new Map<K, Promise<T>>();
	return key => {
		const known = answers.get(key) ?? ask(key);
		answers.set(key, known);
		return known;
	};
}
