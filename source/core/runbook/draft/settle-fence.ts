import {commandAttributes, symptomAttributes, type Values} from '../attributes/attribute-table.ts';
import {readPattern} from '../attributes/pattern.ts';
import {type AttributeReader, readAttributes} from '../attributes/read-attributes.ts';
import {isOnlyComments, isSessionLanguage, isShellLanguage} from '../markdown/shell-fence.ts';
import type {Block, Command, CommandRole, Content, Place, Risk, SectionRole, Symptom} from '../model.ts';
import {sessionPieces} from '../shell/shell-sessions.ts';
import type {DraftFence} from './draft.ts';

/** Where the attributes of blocks stand, for findings that come later. */
export type Settling = AttributeReader & {
	places: Map<Block, Map<string, Place>>;
	/** Names that commands write to `$HANDRAIL_OUTPUT`, as far as can be seen. */
	handedOn: Set<string>;
};

type CommandValues = Values<typeof commandAttributes>;

const roleKeys = ['run', 'check', 'plan', 'ready', 'available', 'example'] as const;
export const readingRoles: readonly CommandRole[] = ['check', 'ready', 'available', 'gauge'];

export const newSettling = (report: AttributeReader['report'], declared: boolean): Settling => ({
	report,
	declared,
	foreign: new Map(),
	places: new Map(),
	handedOn: new Set(),
});

/** What a fence is: commands, samples of output, or patterns of a symptom. */
export function settleFence(fence: DraftFence, sectionRole: SectionRole | undefined, reader: Settling): Content[] {
	const {language, text, place} = fence;
	if (fence.attributes.some(({key}) => key === 'symptom')) return [settleSymptom(fence, reader)];
	const sample = (shown: string, line: number, of = '') => ({
		kind: 'sample' as const,
		language: of,
		text: shown,
		place: {...place, line: place.line + line},
	});
	if (!isShellLanguage(language) && !isSessionLanguage(language)) return [sample(text, 0, language)];
	const pieces = sessionPieces(text);
	if (!pieces && isSessionLanguage(language)) return [sample(text, 0, language)];
	if (!pieces && isOnlyComments(text)) {
		reader.report('fence-empty', place);
		return [sample(text, 0, language)];
	}
	if (!pieces) return [settleCommand(fence, text, place, sectionRole, reader)];
	let number = 0;
	if (!pieces.some(({kind}) => kind === 'command')) reader.report('fence-empty', place);
	return pieces.map(piece => {
		if (piece.kind === 'output') return sample(piece.text, piece.line + 1);
		number++;
		// Attributes were judged with the first command; for the others their findings would only repeat.
		const silent = number === 1 ? reader : {...reader, report: () => {}};
		const command = settleCommand(fence, piece.text, {...place, line: place.line + piece.line}, sectionRole, silent);
		if (command.name !== undefined && number > 1) command.name += `-${number}`;
		return command;
	});
}

function settleSymptom(fence: DraftFence, reader: AttributeReader): Symptom {
	const {values} = readAttributes(reader, symptomAttributes, fence.attributes);
	const patterns: string[] = [];
	for (const [offset, line] of fence.text.split('\n').entries()) {
		if (line.trim() === '') continue;
		patterns.push(line);
		const read = readPattern(line);
		if ('why' in read)
			reader.report('pattern-invalid', {line: fence.place.line + 1 + offset, column: 1}, line, read.why);
	}
	return {kind: 'symptom', patterns, when: values.when ?? [], place: fence.place};
}

function settleCommand(
	fence: DraftFence,
	script: string,
	place: Place,
	sectionRole: SectionRole | undefined,
	reader: Settling,
): Command {
	const {values, places} = readAttributes(reader, commandAttributes, fence.attributes);
	const role = roleOf(values, place, reader);
	const reboots = values.reboots ?? false;
	for (const key of ['match', 'fail-match'] as const) {
		const read = values[key] === undefined ? undefined : readPattern(values[key]);
		if (read && 'why' in read) reader.report('pattern-invalid', places.get(key)!, values[key]!, read.why);
	}
	if (values.risk && values.risk !== 'disrupts' && reboots) reader.report('risk-hidden', place, 'reboots');
	reportUseless(role, places, reader);
	const command: Command = {
		kind: 'command',
		id: '',
		role,
		script,
		language: fence.language,
		attributed: places.size > 0,
		risk: reboots ? 'disrupts' : (values.risk ?? defaultRisk(role, sectionRole)),
		placeholders: [],
		when: values.when ?? [],
		on: values.on ?? 'host',
		expect: values.expect ?? [0],
		warn: values.warn ?? [],
		retries: values.retries ?? 0,
		sudo: values.sudo ?? false,
		tty: values.tty ?? false,
		durable: values.durable ?? false,
		reboots,
		sensitive: values.sensitive ?? false,
		once: values.once ?? false,
		errexit: values.errexit ?? true,
		undoAtEnd: values.undo === 'at-end',
		rollback: values.rollback ?? [],
		closes: values.closes ?? [],
		place,
	};
	if (places.size === 0) return command;
	addOptional(command, values);
	reader.places.set(command, places);
	return command;
}

function roleOf(values: CommandValues, place: Place, reader: AttributeReader): CommandRole {
	const roles: CommandRole[] = roleKeys.filter(key => values[key] === true);
	if (values.undo === true) roles.push('undo');
	if (values.gauge !== undefined) roles.push('gauge');
	if (roles.length > 1) reader.report('roles-several', place, roles);
	return roles[0] ?? 'run';
}

function defaultRisk(role: CommandRole, sectionRole: SectionRole | undefined): Risk {
	if (role === 'plan' || readingRoles.includes(role)) return 'reads';
	return role === 'undo' || (role === 'run' && sectionRole === 'rollback') ? 'disrupts' : 'changes';
}

/** A property only where there is a value: absent ones must not differ from undefined ones. */
function addOptional(command: Command, values: CommandValues) {
	for (const key of optionalKeys) if (values[key] !== undefined) Object.assign(command, {[key]: values[key]});
	const {gauge, unit, high, critical} = values;
	if (values['fail-match'] !== undefined) command.failMatch = values['fail-match'];
	if (command.role !== 'gauge') return;
	command.gauge = {
		name: gauge!,
		unit: unit ?? '',
		...(high !== undefined && {high}),
		...(critical !== undefined && {critical}),
	};
}

const optionalKeys = ['name', 'timeout', 'idle', 'takes', 'loses', 'match', 'capture', 'cwd', 'interpreter'] as const;

const belongings: {keys: string[]; roles: CommandRole[]; where: string}[] = [
	{keys: ['unit', 'high', 'critical'], roles: ['gauge'], where: 'a gauge'},
	{keys: ['warn'], roles: ['check'], where: 'a check'},
];

function reportUseless(role: CommandRole, places: Map<string, Place>, reader: AttributeReader) {
	for (const {keys, roles, where} of belongings) {
		for (const key of keys) {
			const place = places.get(key);
			if (place && !roles.includes(role)) reader.report('attribute-useless', place, key, where);
		}
	}
}
