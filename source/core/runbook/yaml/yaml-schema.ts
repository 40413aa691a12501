import {z} from 'zod';
import type {
	commandAttributes,
	manualAttributes,
	sectionAttributes,
	symptomAttributes,
} from '../attributes/attribute-table.ts';

/** The YAML form of a runbook as a JSON Schema, for editors; the reader's own findings say more. */
export const runbookSchema = (): object => ({
	...z.toJSONSchema(runbook, {io: 'input', reused: 'ref'}),
	title: 'A Handrail runbook',
});

const flag = z.boolean();
const number = z.number();
const text = z.string().min(1);
const duration = z
	.union([z.string().regex(/^(\d+d)?(\d+h)?(\d+m)?(\d+s?)?$/), z.number().int().positive()])
	.describe('90s, 10m, 1h30m; a plain number is seconds');
const codes = z.union([
	z.array(z.number().int().min(0).max(255)),
	z.number().int().min(0).max(255),
	z.string().regex(/^\d+(,\d+)*$/),
]);
const options = z.union([z.array(text), text]).describe('anchors of rollback options, or names of blocks in them');
const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/);
const when = text.describe('terms that must all hold, like "pm=apt,dnf os!=ubuntu"');
const require = text.describe('like "window rollback /boot<90 units=unchanged"');
const pattern = text.describe('a linear-time (RE2) pattern');
const name = z.union([z.string().regex(/^[^/,]+$/), z.number()]);

const attributes = {
	run: flag,
	check: flag,
	plan: flag,
	ready: flag,
	available: flag,
	example: flag,
	gauge: text,
	undo: z.union([flag, z.literal('at-end')]),
	risk: z.enum(['reads', 'changes', 'disrupts']),
	when,
	name,
	timeout: duration,
	idle: duration,
	takes: duration,
	loses: text,
	expect: codes,
	warn: codes,
	match: pattern,
	'fail-match': pattern,
	capture: variable,
	retries: z.number().int().min(0).max(100),
	sudo: flag,
	tty: flag,
	durable: flag,
	reboots: flag,
	sensitive: flag,
	once: flag,
	errexit: flag,
	on: z.enum(['host', 'control']),
	cwd: text,
	interpreter: text,
	rollback: options,
	closes: options,
	unit: text,
	high: number,
	critical: number,
} satisfies Record<keyof typeof commandAttributes, z.ZodType>;

const command = z.strictObject(attributes).partial();
const commandsByLanguage = (['sh', 'bash', 'zsh', 'ksh', 'dash', 'shell', 'console'] as const).map(language =>
	command.extend({[language]: z.string().describe('the script, exactly as it runs')}),
);
const manual = z
	.strictObject({name, when, once: flag} satisfies Record<keyof typeof manualAttributes, z.ZodType>)
	.partial()
	.extend({manual: text});
const symptom = z.strictObject({
	symptom: z.array(pattern),
	when: when.optional(),
} satisfies Record<keyof typeof symptomAttributes, z.ZodType>);
const choice = z.strictObject({
	choice: z.array(z.strictObject({text, section: text.describe('the anchor of a section')})).min(1),
});
const sample = z.strictObject({sample: z.string(), language: z.string().optional()});
const prose = z.string().describe('Markdown');
const content = z.array(z.union([prose, ...commandsByLanguage, manual, choice, symptom, sample]));

const section = z.strictObject({
	title: z.string(),
	...({
		role: z.enum(['rollback', 'troubleshooting', 'none']).optional(),
		when: when.optional(),
		require: require.optional(),
		takes: duration.optional(),
		loses: text.optional(),
	} satisfies Record<keyof typeof sectionAttributes, z.ZodType>),
	content: content.optional(),
	get sections(): z.ZodOptional<z.ZodArray<z.ZodType>> {
		return z.array(section).optional();
	},
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const input = z
	.strictObject({prompt: scalar, default: scalar, pattern, values: z.array(scalar).min(1), secret: flag})
	.partial()
	.nullable();

const runbook = z.strictObject({
	handrail: z.literal(1).optional(),
	title: z.string().optional(),
	heading: flag.optional(),
	inputs: z.record(variable, input).optional(),
	require: require.optional(),
	content: content.optional(),
	sections: z.array(section).optional(),
});

/** Whether a value that YAML gave fits the schema; the first reason why not. */
export function schemaProblem(value: unknown): string | undefined {
	const result = runbook.safeParse(value);
	return result.success ? undefined : z.prettifyError(result.error);
}
