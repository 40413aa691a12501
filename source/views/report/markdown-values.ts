import type {RunReport} from '../../core/run/run-report.ts';
import {code, fence, table} from './markdown-text.ts';
import {person, shortPerson, time} from './words.ts';

export function noteSection({notes}: RunReport): string[] {
	if (notes.length === 0) return [];
	return [
		'## Notes',
		...notes.flatMap(({at, host, text, by}) => [
			'',
			`${time(at)} UTC${host === null ? '' : `, on ${code(host)}`}, by ${person(by)}:`,
			'',
			...fence(text, 'text'),
		]),
	];
}

/** Inputs, facts that were told, and what commands handed on. Of secrets the name only. */
export function valueSection({inputs, values, dropped}: RunReport): string[] {
	const rows = [
		...inputs.map(({at, host, name, value, secret, by}) => [
			code(name),
			secret || value === null ? 'secret, not recorded' : code(value),
			[by ? shortPerson(by) : 'given', host !== null && `on ${code(host)}`].filter(Boolean).join(' '),
			time(at),
		]),
		...values.map(({at, host, task, name, value}) => [
			code(name),
			value === null ? 'holds a secret, not exported' : code(value),
			`${code(task)} on ${code(host)}`,
			time(at),
		]),
	];
	if (rows.length === 0 && dropped.length === 0) return [];
	const lines = ['## Inputs and captured values', ''];
	if (rows.length > 0) lines.push(...table(['Name', 'Value', 'From', 'When (UTC)'], rows));
	if (dropped.length === 0) return lines;
	const names = dropped.map(({name, task}) => `${code(name)} of ${code(task)}`).join(', ');
	return [...lines, ...(rows.length > 0 ? [''] : []), `Handed on and not taken: ${names}.`];
}
