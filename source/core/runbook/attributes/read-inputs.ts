import type {Node} from 'yaml';
import {nearest} from '../../text/nearest.ts';
import type {Input, Place} from '../model.ts';
import {variablePattern} from '../when.ts';
import type {YamlText} from '../yaml/yaml-nodes.ts';
import {isSteering} from './attribute-table.ts';
import {readPattern} from './pattern.ts';
import type {AttributeReader} from './read-attributes.ts';

const inputKeys = ['prompt', 'default', 'pattern', 'values', 'secret'];

/** `NAME: {prompt, default, pattern, values, secret}` for each input of a document. */
export function readInputs(yaml: YamlText, node: Node | null, reader: AttributeReader): Record<string, Input> {
	const inputs: Record<string, Input> = {};
	const entries = yaml.entries(node);
	if (!entries) reader.report('yaml-shape', yaml.placeOf(node), 'inputs', 'a map of NAME: {prompt, default, ...}');
	for (const {key, keyPlace, value} of entries ?? []) {
		if (!variablePattern.test(key) || isSteering(key)) {
			reader.report('yaml-shape', keyPlace, 'The name of an input', 'in capitals, like BACKUP_DIR, and steer no shell');
		} else inputs[key] = readInput(yaml, key, keyPlace, value, reader);
	}
	return inputs;
}

function readInput(yaml: YamlText, name: string, place: Place, node: Node | null, reader: AttributeReader): Input {
	const input: Input = {prompt: name, secret: false};
	if (yaml.isNothing(node)) return input;
	const entries = yaml.entries(node);
	if (!entries) reader.report('yaml-shape', yaml.placeOf(node), `The input ${name}`, 'a map with prompt, default ...');
	for (const {key, keyPlace, value} of entries ?? []) {
		const wrong = (expected: string) => reader.report('yaml-shape', keyPlace, `${key} of ${name}`, expected);
		const text = yaml.text(value);
		if (key === 'prompt' || key === 'default' || key === 'pattern') {
			if (text === undefined) wrong('a text');
			else input[key] = text;
		} else if (key === 'values') {
			const values = yaml.items(value)?.map(item => yaml.text(item));
			if (!values?.length || values.includes(undefined)) wrong('a list of texts');
			else input.values = values as string[];
		} else if (key === 'secret') {
			const secret = yaml.boolean(value);
			if (secret === undefined) wrong('true or false');
			else input.secret = secret;
		} else if (reader.declared) reader.report('yaml-key-unknown', keyPlace, key, nearest(key, inputKeys));
		else reader.foreign.set(key, keyPlace);
	}
	checkInput(name, place, input, reader);
	return input;
}

function checkInput(name: string, place: Place, input: Input, reader: AttributeReader) {
	const read = input.pattern === undefined ? undefined : readPattern(input.pattern);
	if (read && 'why' in read) reader.report('pattern-invalid', place, input.pattern!, read.why);
	const given = input.default;
	if (given === undefined) return;
	const wrong = (expected: string) => reader.report('yaml-shape', place, `The default of ${name}`, expected);
	if (input.secret) wrong('left out: a secret is asked for');
	if (input.values && !input.values.includes(given)) wrong('one of its values');
	if (read && 'pattern' in read && !read.pattern.regex.matcher(given).find()) {
		wrong('a text that its pattern fits');
	}
}
