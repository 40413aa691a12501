import {createReporter, type FindingCode} from './findings.ts';
import type {Document} from './model.ts';
import {readMarkdown} from './read-markdown.ts';
import {readYaml} from './read-yaml.ts';

/** The largest file that is read as a runbook, in bytes. */
export const largestDocument = 10 * 1024 * 1024;

/**
 * Reads a file as a runbook: YAML where its name ends in .yaml or .yml, else Markdown. What is wrong with it is in the
 * findings; never throws.
 */
export function readDocument(bytes: Uint8Array, file: string): Document {
	if (bytes.length > largestDocument) return refused(file, 'file-too-big', (bytes.length / 1024 ** 2).toFixed(1));
	if (bytes.includes(0)) return refused(file, 'file-binary');
	const source = decoded(bytes);
	if (source === undefined) return refused(file, 'file-encoding');
	return isYaml(file) ? readYaml(source, file) : readMarkdown(source, file);
}

export const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);

function refused(file: string, code: 'file-too-big' | 'file-binary' | 'file-encoding', megabytes = ''): Document {
	const {findings, report} = createReporter(file);
	report(code satisfies FindingCode, {line: 1, column: 1}, megabytes);
	const {runbook, counts} = readMarkdown('', file);
	return {runbook, findings, counts};
}

function decoded(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return undefined;
	}
}
