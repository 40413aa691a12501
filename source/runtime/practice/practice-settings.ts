import type {PracticeOptions} from './practice-host.ts';
import {scenarios} from './scenarios.ts';

/** What the environment says of practice: `HANDRAIL_PRACTICE_SPEED` (0 waits for nothing), `HANDRAIL_PRACTICE_SCENARIO`. */
export function practiceSettings(environment: NodeJS.ProcessEnv): Pick<PracticeOptions, 'speed' | 'scenario'> {
	const speed = Number(environment['HANDRAIL_PRACTICE_SPEED'] || 1);
	const scenario = environment['HANDRAIL_PRACTICE_SCENARIO'] ?? 'calm';
	return {
		speed: Number.isFinite(speed) && speed >= 0 ? speed : 1,
		scenario: Object.hasOwn(scenarios, scenario) ? scenario : 'calm',
	};
}
