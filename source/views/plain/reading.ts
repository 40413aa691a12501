import type {ProseReader} from './prose-reader.ts';

/** What somebody who reads along has been shown already. */
export type Reading = {
	prose: ProseReader;
	/** Ids of blocks whose command stood in the question that was just answered. */
	commands: Set<string>;
	/** Ids of tasks whose output was printed in this session. */
	outputs: Set<string>;
};
