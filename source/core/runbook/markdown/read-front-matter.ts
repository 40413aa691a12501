import {nearest} from '../../text/nearest.ts';
import type {AttributeReader} from '../attributes/read-attributes.ts';
import {readInputs} from '../attributes/read-inputs.ts';
import type {Input, Place, Requirement} from '../model.ts';
import {parseRequire} from '../require.ts';
import {YamlText} from '../yaml/yaml-nodes.ts';
import {type FrontMatter, frontMatterPlace} from './front-matter.ts';

/** What stands on top of a document, in Markdown's front matter and in YAML alike. */
export type Front = {
	declared: boolean;
	title: string | undefined;
	inputs: Record<string, Input>;
	require: Requirement[];
	requirePlace: Place;
};

export const emptyFrontMatter: Front = {
	declared: false,
	title: undefined,
	inputs: {},
	require: [],
	requirePlace: frontMatterPlace,
};

const keys = ['handrail', 'title', 'inputs', 'require'];

/** Reads front matter; sets `reader.declared` where it says `handrail: 1`. Foreign front matter is left alone. */
export function readFrontMatter(matter: FrontMatter, reader: AttributeReader): Front {
	if (matter.kind === 'toml') return emptyFrontMatter;
	const isOurs = /^["']?handrail["']?\s*:/m.test(matter.text);
	const yaml = new YamlText(matter.text, matter.line, reader.report);
	const [problem] = yaml.problems;
	if (problem) {
		reader.report(isOurs ? 'yaml-invalid' : 'front-matter-unreadable', problem.place, problem.why);
		return {...emptyFrontMatter, declared: isOurs};
	}
	return readFront(yaml, reader, isOurs ? 'declared' : 'foreign');
}

/** Reads the keys that documents have on top; `others` are those that a YAML document has besides. */
export function readFront(
	yaml: YamlText,
	reader: AttributeReader,
	as: 'declared' | 'foreign',
	others: string[] = [],
): Front {
	const front: Front = {...emptyFrontMatter, declared: as === 'declared'};
	reader.declared = front.declared;
	for (const {key, keyPlace, value} of yaml.entries(yaml.root) ?? []) {
		const text = yaml.text(value);
		if (key === 'handrail') {
			if (text !== '1') reader.report('format-unknown', keyPlace, text ?? '');
		} else if (key === 'title') {
			if (text !== undefined) front.title = text.replace(/\s+/g, ' ').trim() || undefined;
			else if (front.declared) reader.report('yaml-shape', keyPlace, 'title', 'a text');
		} else if (key === 'inputs' && (front.declared || yaml.entries(value))) {
			front.inputs = readInputs(yaml, value, reader);
		} else if (key === 'require' && (front.declared || text !== undefined)) {
			const require = parseRequire(text ?? '');
			if (!require) reader.report('yaml-shape', keyPlace, 'require', 'terms like "window rollback /boot<90"');
			front.require = require ?? [];
			front.requirePlace = keyPlace;
		} else if (!others.includes(key)) reportKey(key, keyPlace, reader, others);
	}
	return front;
}

function reportKey(key: string, place: Place, reader: AttributeReader, others: string[]) {
	const near = nearest(key, [...keys, ...others]);
	if (reader.declared) reader.report('yaml-key-unknown', place, key, near);
	else if (near && near !== key) reader.report('attribute-near-miss', place, key, near);
	else if (!reader.foreign.has(key)) reader.foreign.set(key, place);
}
