import type {Intent, Observation} from '../../core/run/told.ts';

/** What is told, with its words masked: the only way by which words of a host or of a person come into the record. */
export function withoutSecrets<T extends Intent | Observation>(told: T, masked: (text: string) => string): T {
	return maskedIn(told, masked) as T;
}

/** The name of what would be recorded as it is, and holds a secret: masked it would mean something else. */
export function secretIn(intent: Intent, holdsSecret: (text: string) => boolean): string | undefined {
	const given =
		intent.type === 'give-input'
			? {name: intent.name, value: intent.value}
			: intent.type === 'give-fact'
				? {name: intent.key, value: intent.value}
				: intent.type === 'run' && intent.edited
					? {name: 'the edited command', value: intent.edited.script}
					: undefined;
	return given && holdsSecret(given.value) ? given.name : undefined;
}

/** Fields that hold words; the others hold names, numbers, and values that were looked through. */
const words = new Set(['why', 'evidence', 'failure', 'owner', 'text', 'reason', 'line']);

function maskedIn(value: unknown, masked: (text: string) => string): unknown {
	if (Array.isArray(value)) return value.map(each => maskedIn(each, masked));
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			typeof inner === 'string' && words.has(name) ? masked(inner) : maskedIn(inner, masked),
		]),
	);
}
