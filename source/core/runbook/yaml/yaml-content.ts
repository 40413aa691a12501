import type {Node} from 'yaml';
import {nearest} from '../../text/nearest.ts';
import type {Attribute} from '../attributes/attributes.ts';
import type {AttributeReader} from '../attributes/read-attributes.ts';
import {type DraftContent, type DraftSection, newSection, type SectionLink} from '../draft/draft.ts';
import {isQuestion} from '../markdown/choice-list.ts';
import {outlineOf} from '../markdown/markdown-outline.ts';
import {blockTokens} from '../markdown/markdown-tokens.ts';
import {onOneLine} from '../markdown/read-task.ts';
import {addContent} from '../markdown/section-stack.ts';
import {isSessionLanguage, isShellLanguage, shellLanguages} from '../markdown/shell-fence.ts';
import {sourceLines} from '../markdown/source-lines.ts';
import type {Counts, Place} from '../model.ts';
import type {YamlEntry, YamlText} from './yaml-nodes.ts';

const sectionKeys = ['title', 'role', 'when', 'require', 'takes', 'loses', 'content', 'sections'];
const blockKeys = [...shellLanguages, 'console', 'manual', 'choice', 'symptom', 'sample'];

/** As deep as six levels of headings and a bold line reach in Markdown. */
const deepestSections = 7;

/** Reads sections and their content from YAML; collects what the whole document has. */
export class YamlContentReader {
	readonly counts: Counts = {
		headings: 0,
		shellFences: 0,
		otherFences: 0,
		taskItems: 0,
		sectionLinks: 0,
		brokenSectionLinks: 0,
	};
	readonly links: SectionLink[] = [];
	readonly anchors = new Set<string>();
	readonly #yaml: YamlText;
	readonly #reader: AttributeReader;

	constructor(yaml: YamlText, reader: AttributeReader) {
		this.#yaml = yaml;
		this.#reader = reader;
	}

	sections(node: Node | null, place: Place, depth: number): DraftSection[] {
		const items = this.#yaml.items(node);
		if (!items) this.#wrong(place, 'sections', 'a list of sections');
		else if (depth > deepestSections) this.#wrong(place, 'sections', `nested at most ${deepestSections} deep`);
		else return items.map(item => this.#section(item, depth));
		return [];
	}

	content(node: Node | null, place: Place): DraftContent[] {
		const items = this.#yaml.items(node);
		if (!items) this.#wrong(place, 'content', 'a list of texts and blocks');
		const content: DraftContent[] = [];
		for (const item of items ?? []) for (const piece of this.#item(item)) addContent(content, piece);
		return content;
	}

	#section(node: Node, depth: number): DraftSection {
		const section = newSection('', depth + 1, this.#yaml.placeOf(node));
		this.counts.headings++;
		const entries = this.#yaml.entries(node);
		if (!entries?.some(({key}) => key === 'title')) this.#wrong(section.place, 'A section', 'a map with a title');
		for (const entry of entries ?? []) {
			const {key, keyPlace, value} = entry;
			if (key === 'title') section.title = this.#text(value, keyPlace, 'title').replace(/\s+/g, ' ').trim();
			else if (key === 'content') section.content = this.content(value, keyPlace);
			else if (key === 'sections') section.sections = this.sections(value, keyPlace, depth + 1);
			else if (sectionKeys.includes(key)) section.attributes.push(this.#attribute(entry));
			else this.#reader.report('yaml-key-unknown', keyPlace, key, nearest(key, sectionKeys));
		}
		this.#checkChoice(section);
		return section;
	}

	#item(node: Node): DraftContent[] {
		const text = this.#yaml.text(node);
		if (text !== undefined) return this.#prose(text, this.#yaml.textPlaceOf(node));
		const place = this.#yaml.placeOf(node);
		const entries = this.#yaml.entries(node);
		const block = entries?.find(({key}) => blockKeys.includes(key));
		if (!entries || !block) {
			this.#wrong(place, 'An item of content', 'a text, or a map with sh, manual, choice, symptom or sample');
			return [];
		}
		return this.#block(
			block,
			entries.filter(entry => entry !== block),
		);
	}

	#block(block: YamlEntry, others: YamlEntry[]): DraftContent[] {
		const {key, value, keyPlace: place} = block;
		if (key === 'choice') {
			this.#refuse(others);
			return this.#choice(value, place);
		}
		if (key === 'sample') {
			const language = others.find(entry => entry.key === 'language');
			this.#refuse(others.filter(entry => entry !== language));
			this.counts.otherFences++;
			const written = language ? this.#text(language.value, language.keyPlace, 'language').toLowerCase() : '';
			return [{kind: 'sample', language: written, text: this.#text(value, place, key).replace(/\n$/, ''), place}];
		}
		const attributes = others.map(entry => this.#attribute(entry));
		if (key === 'manual') {
			this.counts.taskItems++;
			const text = onOneLine(this.#text(value, place, key));
			if (text === '') this.#wrong(place, key, 'a text that says what to do');
			return [{kind: 'manual', text, attributes, place}];
		}
		if (key === 'symptom') {
			const patterns = this.#yaml.items(value)?.map(item => this.#text(item, place, 'A pattern'));
			if (!patterns) this.#wrong(place, key, 'a list of patterns');
			const text = (patterns ?? []).join('\n');
			return [{kind: 'fence', language: 'text', text, attributes: [{key, value: true, place}, ...attributes], place}];
		}
		if (isShellLanguage(key)) this.counts.shellFences++;
		else this.counts.otherFences++;
		return [{kind: 'fence', language: key, text: this.#text(value, place, key).replace(/\n$/, ''), attributes, place}];
	}

	#choice(node: Node | null, place: Place): DraftContent[] {
		const options = [];
		for (const item of this.#yaml.items(node) ?? []) {
			const entries = this.#yaml.entries(item) ?? [];
			const text = this.#yaml.text(entries.find(({key}) => key === 'text')?.value);
			const section = this.#yaml.text(entries.find(({key}) => key === 'section')?.value);
			this.#refuse(entries.filter(({key}) => key !== 'text' && key !== 'section'));
			const at = this.#yaml.placeOf(item);
			if (text === undefined || section === undefined) this.#wrong(at, 'An option', 'a map with text and section');
			else options.push({text: text.replace(/\s+/g, ' ').trim(), anchor: section.replace(/^#/, ''), place: at});
		}
		if (options.length === 0) this.#wrong(place, 'choice', 'a list of {text, section}');
		return options.length > 0 ? [{kind: 'choice', options, place}] : [];
	}

	/** Where Markdown would read no choice there is none in YAML either. */
	#checkChoice({title, content}: DraftSection) {
		const blocks = content.filter(piece => isBlock(piece) && !(piece.kind === 'fence' && piece.language === 'text'));
		const choice = blocks.find(({kind}) => kind === 'choice');
		if (choice && (blocks.length > 1 || !isQuestion(title))) this.#reader.report('choice-misplaced', choice.place);
	}

	/** A text is Markdown that holds no blocks: those have keys of their own. */
	#prose(text: string, place: Place): DraftContent[] {
		const move = (at: Place): Place => ({line: at.line + place.line - 1, column: at.column});
		const silent = {...this.#reader, report: () => {}};
		const lines = sourceLines(text);
		const {root, counts, links, anchors} = outlineOf(lines, blockTokens(lines.join('\n')), silent, false);
		const isBad = counts.headings > 0 || root.sections.length > 0 || root.attributes.length > 0;
		if (isBad) this.#reader.report('prose-holds-blocks', place, 'a heading or a comment');
		else if (root.content.some(isBlock)) this.#reader.report('prose-holds-blocks', place, 'a command or a task');
		this.counts.otherFences += counts.otherFences;
		this.links.push(...links.map(link => ({...link, place: move(link.place)})));
		for (const anchor of anchors) this.anchors.add(anchor);
		return root.content.filter(piece => !isBlock(piece)).map(piece => ({...piece, place: move(piece.place)}));
	}

	#attribute({key, keyPlace, value}: YamlEntry): Attribute {
		const list = this.#yaml.items(value)?.map(item => this.#yaml.text(item) ?? '');
		const isTrue = this.#yaml.isNothing(value) || this.#yaml.boolean(value) === true;
		const text = list?.join(',') ?? this.#yaml.text(value);
		if (text === undefined && !isTrue) this.#wrong(keyPlace, key, 'a text, a number, true or a list of them');
		return {key, value: isTrue ? true : (text ?? ''), place: keyPlace};
	}

	#text(node: Node | null, place: Place, what: string): string {
		const text = this.#yaml.text(node);
		if (text === undefined) this.#wrong(place, what, 'a text');
		return text ?? '';
	}

	#refuse(entries: YamlEntry[]) {
		for (const {key, keyPlace} of entries) this.#reader.report('yaml-key-unknown', keyPlace, key);
	}

	#wrong(place: Place, what: string, expected: string) {
		this.#reader.report('yaml-shape', place, what, expected);
	}
}

/** What can be acted on, as far as a draft tells: a fence is a block where it can run or holds a symptom. */
const isBlock = (piece: DraftContent): boolean =>
	piece.kind === 'manual' ||
	piece.kind === 'choice' ||
	(piece.kind === 'fence' &&
		(isShellLanguage(piece.language) || isSessionLanguage(piece.language) || piece.attributes.length > 0));
