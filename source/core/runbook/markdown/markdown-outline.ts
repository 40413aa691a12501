import type {Token} from 'markdown-it';
import {type ParsedAttributes, parseInfo} from '../attributes/attributes.ts';
import type {AttributeReader} from '../attributes/read-attributes.ts';
import type {ContentsItem, DraftManual, DraftSection, SectionLink} from '../draft/draft.ts';
import type {Counts, Place} from '../model.ts';
import {boldTitle} from './bold-title.ts';
import {choiceListIn, choiceOptions, isQuestion, taskText} from './choice-list.ts';
import {contentsItemsOf} from './contents-list.ts';
import {handrailCommentIn} from './handrail-comment.ts';
import {anchorsIn} from './html-anchors.ts';
import {InlinePlaces} from './inline-places.ts';
import {plainText, sectionLinksOf, withoutCode} from './inline-text.ts';
import {itemIndent} from './item-indent.ts';
import {deepestNesting} from './markdown-tokens.ts';
import {ProseCollector} from './prose-collector.ts';
import {readTask} from './read-task.ts';
import {SectionStack} from './section-stack.ts';
import {isSessionLanguage, isShellLanguage, splitInfo} from './shell-fence.ts';
import {spanFencesIn} from './span-fences.ts';

/** What the tokens of a Markdown document say. */
export type Outline = {
	root: DraftSection;
	/** The heading that is the title and no section. */
	titleHeading: string | undefined;
	/** The first heading where it is of level 1, title or not. */
	firstHeading: string | undefined;
	counts: Counts;
	links: SectionLink[];
	anchors: Set<string>;
	contents: ContentsItem[];
};

/** A list item that is being read. */
type OpenItem = {line: number; end: number; indent: number; isReleased: boolean; task?: DraftManual};

/**
 * Reads block tokens (whose line numbers are those of `lines`) into nested sections. Linear in their number.
 * `readsBold`: bold lines may be headings.
 */
export function outlineOf(lines: string[], tokens: Token[], reader: AttributeReader, readsBold = true): Outline {
	return new OutlineReader(lines, tokens, reader, readsBold).read();
}

class OutlineReader {
	readonly #lines: string[];
	readonly #tokens: Token[];
	readonly #reader: AttributeReader;
	readonly #prose: ProseCollector;
	readonly #stack = new SectionStack();
	readonly #items: OpenItem[] = [];
	readonly #headings: number[];
	readonly #hasTitle: boolean;
	readonly #outline: Outline;
	#headingsRead = 0;
	#quotes = 0;
	/** Bold lines of the section that is open are headings: it has no real ones below it. */
	#takesBold: boolean;
	#choiceList: number | undefined;
	#isDeep = false;
	#line = 0;

	constructor(lines: string[], tokens: Token[], reader: AttributeReader, readsBold: boolean) {
		this.#lines = lines;
		this.#tokens = tokens;
		this.#reader = reader;
		this.#prose = new ProseCollector(lines);
		this.#headings = [...tokens.keys()].filter(at => tokens[at]!.type === 'heading_open');
		const [first, ...others] = this.#headings.map(at => tokens[at]!);
		this.#hasTitle = first?.tag === 'h1' && first.level === 0 && !others.some(token => token.tag === 'h1');
		this.#takesBold = readsBold && this.#headings.length === (this.#hasTitle ? 1 : 0);
		const counts = {headings: 0, shellFences: 0, otherFences: 0, taskItems: 0, sectionLinks: 0, brokenSectionLinks: 0};
		this.#outline = {
			root: this.#stack.root,
			titleHeading: undefined,
			firstHeading: undefined,
			counts,
			links: [],
			anchors: new Set(),
			contents: [],
		};
	}

	read(): Outline {
		const readers: Record<string, (token: Token, at: number) => void> = {
			heading_open: (token, at) => this.#readHeading(token, at),
			fence: token => this.#readFence(token),
			code_block: token => this.#readIndentedCode(token),
			html_block: token => this.#readHtml(token),
			blockquote_open: token => this.#enterQuote(token),
			blockquote_close: () => this.#quotes--,
			bullet_list_open: (token, at) => this.#readList(token, at),
			ordered_list_open: (token, at) => this.#readList(token, at),
			list_item_open: (token, at) => this.#enterItem(token, at),
			list_item_close: () => this.#leaveItem(),
			paragraph_open: (token, at) => this.#readParagraph(token, at),
			inline: token => this.#readInline(token),
		};
		for (let at = 0; at < this.#tokens.length; at++) {
			const token = this.#tokens[at]!;
			if (token.map) this.#line = token.map[0];
			readers[token.type]?.(token, at);
		}
		this.#flush(this.#lines.length);
		this.#outline.counts.headings = this.#headings.length;
		this.#outline.counts.sectionLinks = this.#outline.links.length;
		return this.#outline;
	}

	#readHeading(token: Token, at: number) {
		const [line, end] = token.map!;
		const level = Number(token.tag.slice(1));
		const source = this.#tokens[at + 1]!.content;
		const title = plainText(source);
		const place = this.#place(line, token.markup);
		this.#take(line, end);
		const order = this.#headingsRead++;
		if (order === 0 && level === 1) this.#outline.firstHeading = title;
		const anchor = /\{#([^\s{}]+)\}$/.exec(title);
		if (anchor) this.#outline.anchors.add(anchor[1]!.toLowerCase());
		if (token.level > 0) this.#reader.report('heading-nested', place);
		const next = this.#headings[this.#headingsRead] ?? this.#tokens.length;
		if (order === 0 && this.#hasTitle) {
			this.#outline.titleHeading = title;
			return;
		}
		const parent = this.#stack.open(title, level, place);
		const above = parent.level || (this.#hasTitle ? 1 : level - 1);
		if (level > above + 1) this.#reader.report('heading-level-skipped', place, above, level);
		const nextHeading = this.#tokens[next];
		this.#takesBold = !nextHeading || Number(nextHeading.tag.slice(1)) <= level;
		this.#choiceList = isQuestion(title) ? choiceListIn(this.#tokens, at + 3, this.#ownEnd(at + 3, next)) : undefined;
	}

	/** Where the tokens end that a heading directly holds: at the next heading, or at a bold line that counts as one. */
	#ownEnd(from: number, next: number): number {
		if (!this.#takesBold) return next;
		const isBold = (token: Token, at: number) =>
			token.type === 'paragraph_open' &&
			token.level === 0 &&
			boldTitle(this.#tokens[from + at + 1]!.content) !== undefined;
		const bold = this.#tokens.slice(from, next).findIndex(isBold);
		return bold < 0 ? next : from + bold;
	}

	#readFence(token: Token) {
		const [line, end] = token.map!;
		const {language, rest} = splitInfo(token.info);
		const place = this.#place(line, token.markup);
		const text = token.content.replace(/\n$/, '');
		if (isUnclosed(token)) this.#reader.report('fence-unclosed', place);
		this.#take(line, end, this.#number(line, place.column));
		if (isShellLanguage(language)) this.#outline.counts.shellFences++;
		else this.#outline.counts.otherFences++;
		const infoColumn = this.#lines[line]!.indexOf(rest, place.column - 1 + token.markup.length) + 1;
		const parsed = parseInfo(rest, {line: line + 1, column: infoColumn});
		const isOurs =
			isShellLanguage(language) || isSessionLanguage(language) || parsed.attributes.some(({key}) => key === 'symptom');
		if (isOurs) this.#reportProblem(parsed, rest);
		this.#stack.add({kind: 'fence', language, text, attributes: isOurs ? parsed.attributes : [], place});
	}

	/** An ordered item that begins with a fence keeps its number. */
	#number(line: number, fenceColumn: number): string {
		const before = this.#lines[line]!.slice(0, fenceColumn - 1).trimEnd();
		return this.#items.at(-1)?.line === line && /\d[.)]$/.test(before) ? before : '';
	}

	#readIndentedCode(token: Token) {
		const offset = token.content.search(/^[ \t]*(```|~~~)/m);
		if (offset < 0) return;
		const line = token.map![0] + token.content.slice(0, offset).split('\n').length - 1;
		this.#reader.report('fence-indented', this.#place(line, ''));
	}

	#readHtml(token: Token) {
		const [line, end] = token.map!;
		const {content} = token;
		const column = this.#lines[line]!.indexOf('<') + 1;
		this.#collectAnchors(content);
		const start = content.indexOf('<');
		const comment = handrailCommentIn(content, offset => ({line: line + 1, column: column + offset - start}));
		if (!comment) return;
		if (content.slice(0, comment.start).trim() !== '' || content.slice(comment.end).trim() !== '') {
			this.#reader.report('comment-unread', {line: line + 1, column});
			return;
		}
		this.#reportProblem(comment);
		this.#take(line, end);
		this.#stack.current.attributes.push(...comment.attributes);
	}

	#enterQuote(token: Token) {
		this.#quotes++;
		this.#checkDepth(token);
	}

	#readList(token: Token, at: number) {
		if (at === this.#choiceList) this.#readChoice(token, at);
		if (token.level > 0) return;
		const {title, level} = this.#stack.current;
		if (level > 0 && !/\b(contents?|toc)\b/i.test(title)) return;
		let end = at + 1;
		while (!(this.#tokens[end]!.level === 0 && this.#tokens[end]!.type.endsWith('_list_close'))) end++;
		this.#outline.contents.push(...contentsItemsOf(this.#tokens, at, end));
	}

	#readChoice(token: Token, at: number) {
		const [line, end] = token.map!;
		const {options, restLine} = choiceOptions(this.#tokens, at, this.#lines);
		this.#take(line, restLine ?? end);
		this.#stack.add({kind: 'choice', options, place: this.#place(line, '')});
	}

	#enterItem(token: Token, at: number) {
		this.#checkDepth(token);
		const [line, end] = token.map!;
		const outer = this.#items.at(-1);
		const base = outer?.line === line ? outer.indent : 0;
		this.#items.push({line, end, indent: itemIndent(this.#lines[line]!, base), isReleased: false});
		const inline = this.#tokens[at + 2];
		if (inline?.type !== 'inline' || this.#tokens[at + 1]!.type !== 'paragraph_open') return;
		const text = taskText(inline.content);
		if (text === undefined) return;
		this.#outline.counts.taskItems++;
		const {task, problem, unread} = readTask(text, inline, this.#lines);
		this.#reportProblem({problem});
		if (unread) this.#reader.report('comment-unread', unread);
		this.#items.at(-1)!.task = task;
		this.#take(inline.map![0], inline.map![1]);
	}

	/** A task is asked for after what stands inside it. */
	#leaveItem() {
		const {task, end} = this.#items.at(-1)!;
		if (task) {
			this.#flush(end);
			this.#stack.add(task);
		}
		this.#items.pop();
	}

	#readParagraph(token: Token, at: number) {
		const [line, end] = token.map!;
		const {content} = this.#tokens[at + 1]!;
		if (this.#takesBold && this.#isAtTop(token)) {
			const title = boldTitle(content);
			if (title !== undefined) {
				const place = this.#place(line, '');
				this.#take(line, end);
				this.#stack.openBold(title, place);
				this.#choiceList = undefined;
				this.#reader.report('heading-bold', place, title);
				return;
			}
		}
		if (content.includes('```') && taskText(content) === undefined) this.#readSpanFences(content, line);
	}

	/** Lists whose marks went into earlier prose no longer hold what follows in them. */
	#isAtTop(token: Token): boolean {
		return token.level === 0 || (this.#quotes === 0 && this.#items.every(({isReleased}) => isReleased));
	}

	/** A code span on a line of its own that was opened with three backticks was meant as a fence. */
	#readSpanFences(content: string, first: number) {
		if (this.#quotes > 0) return;
		for (const {offset, text} of spanFencesIn(content)) {
			const line = first + offset;
			const place = this.#place(line, '```');
			this.#take(line, line + 1);
			this.#outline.counts.otherFences++;
			this.#stack.add({kind: 'fence', language: '', text, attributes: [], place});
		}
	}

	#readInline(token: Token) {
		const {content} = token;
		const line = token.map?.[0] ?? this.#line;
		this.#collectAnchors(content);
		if (content.includes('<!--') && taskText(content) === undefined) {
			const comment = handrailCommentIn(withoutCode(content), () => this.#place(line, '<!--'));
			if (comment) this.#reader.report('comment-unread', this.#place(line, '<!--'));
		}
		if (!content.includes('](')) return;
		const places = new InlinePlaces(content, line, this.#lines);
		for (const {anchor, at} of sectionLinksOf(content)) this.#outline.links.push({anchor, place: places.at(at)});
	}

	#collectAnchors(html: string) {
		for (const anchor of anchorsIn(html)) this.#outline.anchors.add(anchor);
	}

	#checkDepth(token: Token) {
		if (this.#isDeep || token.level < deepestNesting - 1) return;
		this.#isDeep = true;
		this.#reader.report('nesting-too-deep', this.#place(token.map![0], ''));
	}

	#reportProblem({problem}: Pick<ParsedAttributes, 'problem'>, text = 'handrail') {
		if (!problem) return;
		const isOurs = this.#reader.declared || /\b(handrail|when|risk|check|rollback|undo|require|name)\b/.test(text);
		this.#reader.report(isOurs ? 'attribute-syntax' : 'attribute-text', problem.place, problem.why);
	}

	/** The prose up to a line becomes content; what lies between the lines is no prose. */
	#take(line: number, end: number, last = '') {
		this.#flush(line, last);
		this.#prose.skip(end);
		if (this.#quotes > 0) return;
		for (const item of this.#items) {
			if (!item.isReleased) this.#prose.release(end, item.end, item.indent);
			item.isReleased = true;
		}
	}

	#flush(to: number, last = '') {
		const prose = this.#prose.take(to, last);
		if (prose) this.#stack.add(prose);
	}

	/** Where a mark stands in a line (from 0); without the mark, where the line's text begins. */
	#place(line: number, mark: string): Place {
		const text = this.#lines[line] ?? '';
		const at = mark === '' ? -1 : text.indexOf(mark);
		return {line: line + 1, column: (at < 0 ? text.search(/\S|$/) : at) + 1};
	}
}

/** A closed fence has two lines more than its content. */
function isUnclosed({content, map}: Token): boolean {
	const lines = content === '' ? 0 : content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
	return map![1] - map![0] < lines + 2;
}
