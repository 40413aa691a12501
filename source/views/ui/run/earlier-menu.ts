import type {EarlierState} from '../../../core/run/earlier.ts';
import {earlierOptions} from '../../plain/earlier-options.ts';
import type {Menu} from './ui-state.ts';

/** What can be done about tasks of earlier runs. */
export const earlierMenu = (tasks: EarlierState[], now: number): Menu => ({
	kind: 'menu',
	title: 'Tasks of earlier runs: what becomes of them?',
	options: earlierOptions(tasks).map(({words, intent}) => ({words, next: {do: 'tell', intent}})),
	index: 0,
	since: now,
});
