// What the document says, shown as the walk comes to it: each piece once for a host.
import {judgeSection} from '../../core/run/applies.ts';
import type {HostState, RunState} from '../../core/run/state.ts';
import {blockFor} from '../../core/run/walk.ts';
import type {Content, Section} from '../../core/runbook/model.ts';
import {indexOf, isBlock, isWithin, roleOf} from '../../core/runbook/outline.ts';
import {visible} from '../../core/text/filter.ts';
import {titleOf} from './event-line.ts';
import type {Paper} from './paper.ts';
import {proseText} from './prose-text.ts';

export class ProseReader {
	readonly #paper: Paper;
	readonly #shown = new Set<Content>();
	#host: string | undefined;
	#at: string | undefined;
	/** The last line is an empty one. */
	#isBlank = false;

	constructor(paper: Paper) {
		this.#paper = paper;
	}

	/** The walk comes to a section; `isNext` where it came there in passing, and the reader would have, too. */
	comeTo(state: RunState, host: HostState, to: string, heading: string, isNext: boolean): void {
		if (this.#host !== host.name) this.#shown.clear();
		this.#isBlank = false;
		const index = indexOf(state.runbook);
		const from = this.#host === host.name ? index.sections.get(this.#at ?? '')?.order : undefined;
		if (isNext) this.#passed(state, host, from ?? -1, index.sections.get(to)?.order ?? 0, to);
		this.#host = host.name;
		this.#at = to;
		this.#heading(heading);
		const section = index.sections.get(to)?.section;
		if (section) this.#show(upToBlock(section));
	}

	/** What stands before a block in its section. */
	before(state: RunState, host: HostState, id: string): void {
		const found = blockFor(state, host, id);
		if (!found) return;
		const {content} = found.item.section;
		this.#show(content.slice(0, Math.max(0, content.indexOf(found.block))));
	}

	/** What stands behind the last step. */
	end(state: RunState, host: HostState): void {
		if (this.#host !== host.name) return;
		this.#isBlank = false;
		const index = indexOf(state.runbook);
		this.#passed(state, host, index.sections.get(this.#at ?? '')?.order ?? -1, index.sections.size, '');
	}

	/** What is left of sections that the walk leaves or passes by. */
	#passed(state: RunState, host: HostState, from: number, until: number, to: string): void {
		const index = indexOf(state.runbook);
		for (const {section, order} of index.sections.values()) {
			if (order < from || order >= until || !isRead(state, host, section, to)) continue;
			const left = section.content.filter(content => !this.#shown.has(content) && isShown(content));
			if (left.length === 0) continue;
			if (order !== from) this.#heading(`== ${titleOf(state.runbook, section.id)}`);
			this.#show(left);
		}
	}

	#heading(text: string): void {
		this.#paper.write(`${this.#isBlank ? '' : '\n'}${text}\n`);
		this.#isBlank = false;
	}

	#show(contents: Content[]): void {
		for (const content of contents) {
			if (this.#shown.has(content)) continue;
			this.#shown.add(content);
			const lines =
				content.kind === 'prose'
					? proseText(content.markdown, (this.#paper.columns ?? 80) - 2)
					: content.kind === 'sample'
						? content.text.split('\n').map(line => `    ${visible(line)}`)
						: [];
			if (lines.length === 0) continue;
			this.#paper.write(`${lines.map(line => `  ${line}`.trimEnd()).join('\n')}\n\n`);
			this.#isBlank = true;
		}
	}
}

const isShown = (content: Content): boolean => content.kind === 'prose' || content.kind === 'sample';

/** Prose of what is for another host, was not chosen, or is only visited stays unread in passing. */
function isRead(state: RunState, host: HostState, section: Section, to: string): boolean {
	const index = indexOf(state.runbook);
	if (to && isWithin(index, to, section.id)) return true;
	if (roleOf(index, section.id) || judgeSection(state, host, section).is === 'no') return false;
	const blocks = section.content.filter(isBlock);
	return blocks.length === 0 || blocks.some(block => host.blocks[block.id]?.status === 'done');
}

function upToBlock(section: Section): Content[] {
	const first = section.content.findIndex(isBlock);
	return first < 0 ? section.content : section.content.slice(0, first);
}
