import type {AttributeList} from '../attributes/attribute-list.ts';

/** Attributes as they stand in braces or in a comment: `name=apply when="pm=apt" durable`; empty for none. */
export function attributeText(attributes: AttributeList): string {
	const words = attributes.map(([name, value]) => (value === true ? name : `${name}=${quoted(value)}`));
	return attributes.some(([, value]) => value !== true && needsJson(value)) ? jsonText(attributes) : words.join(' ');
}

function quoted(value: string): string {
	if (/^[^\s"'{},=<>`]+(?:,[^\s"'{},=<>`]+)*$/.test(value)) return value;
	return value.includes('"') ? `'${value}'` : `"${value}"`;
}

/** What words cannot say: both kinds of quotes, a line break, the end of a comment. */
const needsJson = (value: string) =>
	/[\p{Cc}\u2028\u2029]|-->/u.test(value) || (value.includes('"') && value.includes("'"));

/** The inside of a JSON object. `>` is escaped so that no value ends a comment. */
const jsonText = (attributes: AttributeList) =>
	JSON.stringify(Object.fromEntries(attributes)).slice(1, -1).replaceAll('>', '\\u003e');
