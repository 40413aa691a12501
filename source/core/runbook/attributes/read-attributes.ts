import {nearest} from '../../text/nearest.ts';
import type {Reporter} from '../findings.ts';
import type {Place} from '../model.ts';
import {harmless, synonyms, type Table, type Values} from './attribute-table.ts';
import type {Attribute} from './attributes.ts';

export type AttributeReader = {
	report: Reporter['report'];
	/** True where the document says `handrail: 1`: then an unknown attribute is an error. */
	declared: boolean;
	/** Foreign names with where they first stood; said in one line. */
	foreign: Map<string, Place>;
};

/** The values of the attributes that a table knows, with findings for the others; and where each stands. */
export function readAttributes<T extends Table>(
	reader: AttributeReader,
	table: T,
	attributes: Attribute[],
): {values: Values<T>; places: Map<keyof T & string, Place>} {
	if (attributes.length === 0) return nothing;
	const values: Record<string, unknown> = {};
	const places = new Map<string, Place>();
	for (const {key: written, value, place} of attributes) {
		const key = Object.hasOwn(synonyms, written) ? synonyms[written]! : written;
		if (!Object.hasOwn(table, key)) {
			reportUnknown(reader, table, written, place);
			continue;
		}
		if (places.has(key)) {
			reader.report('attribute-twice', place, written);
			continue;
		}
		places.set(key, place);
		const read = table[key]!.read(value);
		if (read === undefined) {
			reader.report('attribute-value', place, written, value === true ? '' : value, table[key]!.expects);
		} else values[key] = read;
	}
	return {values: values as Values<T>, places};
}

/** What no attributes say; shared, since most fences have none. */
const nothing = {values: {}, places: new Map<never, Place>()};

/** Says in one line which names of other tools were met. */
export function reportForeign(reader: AttributeReader) {
	const [first] = reader.foreign.values();
	if (first) reader.report('attributes-foreign', first, [...reader.foreign.keys()]);
}

function reportUnknown(reader: AttributeReader, table: Table, key: string, place: Place) {
	if (harmless.has(key)) return;
	const near = key.length > 2 ? nearest(key, Object.keys(table)) : undefined;
	if (reader.declared) reader.report('attribute-unknown', place, key, near);
	else if (near) reader.report('attribute-near-miss', place, key, near);
	else if (!reader.foreign.has(key)) reader.foreign.set(key, place);
}
