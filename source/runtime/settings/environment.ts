/** Environments, the loosest first. A host whose environment nobody knows counts as production. */
export const environments = ['development', 'test', 'uat', 'staging', 'production'] as const;
export type Environment = (typeof environments)[number];

export const isEnvironment = (name: string): name is Environment => (environments as readonly string[]).includes(name);

/** Whether a wish would loosen what is known. */
export const isLooser = (wish: Environment, known: Environment): boolean =>
	environments.indexOf(wish) < environments.indexOf(known);
