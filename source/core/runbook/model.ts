// A runbook: the document as a value. Immutable during a run; the same for its Markdown and its YAML form.

export type Place = {
	/** Line in the source file, from 1. */
	line: number;
	/** Column in the source file, from 1. */
	column: number;
};

export type Risk = 'reads' | 'changes' | 'disrupts';

/** All terms must hold; an empty list always holds. */
export type When = Term[];
/** `key=a,b` or, with `not`, `key!=a,b`. */
export type Term = {key: string; not: boolean; values: string[]};

export type Runbook = {
	/** True where the front matter says `handrail: 1` (YAML runbooks always do): unknown attributes are errors then. */
	declared: boolean;
	title: string;
	/** False where no heading carries the title (it came from front matter or the file's name). */
	titled: boolean;
	inputs: Record<string, Input>;
	require: Requirement[];
	/** What stands above the first section. */
	content: Content[];
	sections: Section[];
};

export type Input = {
	prompt: string;
	default?: string;
	/** A linear-time (RE2) pattern that the value must contain. */
	pattern?: string;
	values?: string[];
	secret: boolean;
};

/** One term of `require`, judged before a change. */
export type Requirement =
	| {kind: 'window' | 'promotion' | 'rollback'}
	| {kind: 'gauge'; gauge: string; below: number}
	| {kind: 'gauge'; gauge: string; unchanged: true};

export type SectionRole = 'rollback' | 'troubleshooting';

export type Section = {
	/** The anchor that code-hosting sites give the heading; unique in the document. */
	id: string;
	title: string;
	/** Its own role; what lies inside inherits it (`roleOf` in outline.ts). */
	role?: SectionRole;
	when: When;
	require: Requirement[];
	/** How long it takes, in milliseconds. */
	takes?: number;
	/** What is lost by taking it, in the author's words. */
	loses?: string;
	content: Content[];
	sections: Section[];
	/** Level of the heading, 1 to 6; like the place, no part of the value. */
	level: number;
	place: Place;
};

export type Content = Prose | Sample | Symptom | Block;
/** Text, kept word for word. */
export type Prose = {kind: 'prose'; markdown: string; place: Place};
/** A fence that is shown and never run. */
export type Sample = {kind: 'sample'; language: string; text: string; place: Place};
/** In a troubleshooting entry: RE2 patterns that are tried on the output of the failed command. */
export type Symptom = {kind: 'symptom'; patterns: string[]; when: When; place: Place};

/** One thing to do. */
export type Block = Command | Manual | Choice;

type Common = {
	/** `section-id/name`, or `section-id/N`: the N-th block of its section. Variants share an id. */
	id: string;
	when: When;
	place: Place;
};

export type CommandRole = 'run' | 'check' | 'undo' | 'plan' | 'ready' | 'available' | 'gauge' | 'example';
export type Shell = 'sh' | 'bash' | 'zsh' | 'ksh' | 'dash';

export type Command = Common & {
	kind: 'command';
	role: CommandRole;
	name?: string;
	/** Exactly what runs, without a final newline. */
	script: string;
	/** What the author wrote after the fence, lower case: sh, bash, shell, console ... */
	language: string;
	/** False for a bare fence: nothing unattended ever confirms it. */
	attributed: boolean;
	risk: Risk;
	/** Words that the operator must replace by an edit before it may run. */
	placeholders: string[];
	on: 'host' | 'control';
	/** Milliseconds. */
	timeout?: number;
	/** Milliseconds without output before the operator is asked. */
	idle?: number;
	takes?: number;
	loses?: string;
	/** Exit codes that mean success. */
	expect: number[];
	/** For a check: exit codes that warn and pass. */
	warn: number[];
	match?: string;
	failMatch?: string;
	capture?: string;
	retries: number;
	sudo: boolean;
	tty: boolean;
	durable: boolean;
	reboots: boolean;
	sensitive: boolean;
	once: boolean;
	errexit: boolean;
	undoAtEnd: boolean;
	cwd?: string;
	interpreter?: string;
	/** Ids of the rollback options' sections that undo it, and those that are gone after it. */
	rollback: string[];
	closes: string[];
	/** For role `gauge`: its name, unit and thresholds. */
	gauge?: {name: string; unit: string; high?: number; critical?: number};
};

export type Manual = Common & {kind: 'manual'; text: string; name?: string; once: boolean};
export type Choice = Common & {kind: 'choice'; options: ChoiceOption[]};
/** `section` is undefined where the link leads nowhere (an error of the lint). */
export type ChoiceOption = {text: string; section: string | undefined};

export type Severity = 'error' | 'warning';

/** What `check` says of a document; `code` is stable, kebab-case. */
export type Finding = {
	code: string;
	severity: Severity;
	file: string;
	line: number;
	column: number;
	message: string;
	hint: string;
};

/** What the file holds, for `show --json`. */
export type Counts = {
	headings: number;
	shellFences: number;
	otherFences: number;
	taskItems: number;
	sectionLinks: number;
	brokenSectionLinks: number;
};

/** A parsed file. Runnable only where no finding is an error. */
export type Document = {runbook: Runbook; findings: Finding[]; counts: Counts};
