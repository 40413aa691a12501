/** What can be said of a run's record. */
export type Verdict = {
	run: string;
	isUnchanged: boolean;
	/** Valid events, from the first on. */
	events: number;
	/** SHA-256 of the last of them; 64 zeros where there is none. */
	head: string;
	/** Where a head was asked for and found: the number of its event. */
	upTo: number | null;
	/** Bytes of an incomplete end (a line, or the lines of one decision), which nothing relied on. */
	torn: number;
	changes: Change[];
};

/** Something that is not what was recorded; `line` where it is the journal's. */
export type Change = {file: string; line: number | null; what: string};
