import type {NewEvent} from '../core/run/events.ts';
import {environments, isEnvironment, isLooser} from '../runtime/settings/environment.ts';
import type {Site} from '../runtime/settings/site.ts';
import {Failure, UsageError} from './command.ts';

/** The environment of each host: what is known of it, or the stricter one that was asked for. */
export function chooseEnvironment(
	wish: string | undefined,
	hosts: string[],
	overrides: string[],
	site: Site,
): {environment: (host: string) => string; deviations: NewEvent[]} {
	const environmentOf = (host: string) => site.of(host).environment;
	if (wish === undefined) return {environment: environmentOf, deviations: []};
	if (!isEnvironment(wish))
		throw new UsageError(`--env ${wish}: no such environment`, `Known: ${environments.join(', ')}.`);
	const loosened = hosts.filter(host => isLooser(wish, environmentOf(host)));
	const reason = overrides.find(each => each.startsWith('environment='))?.slice('environment='.length);
	if (loosened.length > 0 && !reason?.trim()) {
		throw new Failure(
			`${loosened.join(', ')} counts as ${environmentOf(loosened[0]!)}: --env ${wish} would loosen that`,
			`Give a reason for it: --override environment=REASON`,
			5,
		);
	}
	const deviations = loosened.map((host): NewEvent => {
		const evidence = `${host} counts as ${environmentOf(host)}, treated as ${wish}`;
		return {host: null, type: 'deviation', about: {kind: 'override', guard: 'environment', evidence}, reason: reason!};
	});
	return {environment: () => wish, deviations};
}
