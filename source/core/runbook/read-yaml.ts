import {type Draft, newSection} from './draft/draft.ts';
import {settle} from './draft/settle.ts';
import {newSettling} from './draft/settle-fence.ts';
import {createReporter} from './findings.ts';
import {readFront} from './markdown/read-front-matter.ts';
import {stemOf, withoutMark} from './markdown/source-lines.ts';
import type {Document} from './model.ts';
import {YamlContentReader} from './yaml/yaml-content.ts';
import {YamlText} from './yaml/yaml-nodes.ts';

/** Reads the YAML form of a runbook. `file` is its path, for findings and for a missing title. Never throws. */
export function readYaml(source: string, file: string): Document {
	const {findings, report} = createReporter(file);
	const settling = newSettling(report, true);
	const yaml = new YamlText(withoutMark(source), 1, report);
	// What follows the first few are consequences of them.
	for (const {place, why} of yaml.problems.slice(0, 3)) report('yaml-invalid', place, why);
	const isBroken = yaml.problems.length > 0;
	const entries = isBroken ? [] : yaml.entries(yaml.root);
	if (!entries) report('yaml-shape', yaml.placeOf(yaml.root), 'A runbook', 'a map with title and sections');
	const front = readFront(isBroken ? new YamlText('', 1, () => {}) : yaml, settling, 'declared', [
		'heading',
		'content',
		'sections',
	]);
	const reader = new YamlContentReader(yaml, settling);
	const root = newSection('', 0, {line: 1, column: 1});
	let isHeading = front.title !== undefined;
	for (const {key, keyPlace, value} of entries ?? []) {
		if (key === 'content') root.content = reader.content(value, keyPlace);
		else if (key === 'sections') root.sections = reader.sections(value, keyPlace, 1);
		else if (key === 'heading') {
			const heading = yaml.boolean(value);
			if (heading === undefined) report('yaml-shape', keyPlace, 'heading', 'true or false');
			else isHeading &&= heading;
		}
	}
	const {counts} = reader;
	if (isHeading) counts.headings++;
	counts.sectionLinks = reader.links.length;
	const draft: Draft = {
		...front,
		title: front.title ?? stemOf(file),
		titled: isHeading,
		root,
		counts,
		links: reader.links,
		anchors: reader.anchors,
		contents: [],
	};
	const runbook = settle(draft, settling);
	findings.sort((a, b) => a.line - b.line || a.column - b.column);
	return {runbook, findings, counts};
}
