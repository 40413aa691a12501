/** What a user can mend: `message` says what happened and where, `hint` the remedy. Ends with `exitCode`. */
export class Failure extends Error {
	override name = 'Failure';
	readonly hint: string;
	readonly exitCode: number;
	constructor(message: string, hint: string, exitCode: number, options?: ErrorOptions) {
		super(message, options);
		this.hint = hint;
		this.exitCode = exitCode;
	}
}

/** Wrong usage of the command line: exit code 2. */
export class UsageError extends Failure {
	override name = 'UsageError';
	constructor(message: string, hint: string) {
		super(message, hint, 2);
	}
}
