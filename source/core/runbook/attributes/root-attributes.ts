import type {Place, Requirement} from '../model.ts';
import {documentAttributes, sectionAttributes} from './attribute-table.ts';
import type {Attribute} from './attributes.ts';
import {type AttributeReader, readAttributes} from './read-attributes.ts';

/** What a comment above the first section says of the whole document: it can only require something. */
export function readRootAttributes(
	attributes: Attribute[],
	reader: AttributeReader,
): {require: Requirement[]; place: Place} | undefined {
	const isOfSection = ({key}: Attribute) => Object.hasOwn(sectionAttributes, key) && key !== 'require';
	for (const {key, place} of attributes.filter(isOfSection)) reader.report('comment-misplaced', place, key);
	const others = attributes.filter(attribute => !isOfSection(attribute));
	const {values, places} = readAttributes(reader, documentAttributes, others);
	return values.require && {require: values.require, place: places.get('require')!};
}
