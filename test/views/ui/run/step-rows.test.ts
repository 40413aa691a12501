import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText} from '../../../../source/core/text/row.ts';
import {stepRows} from '../../../../source/views/ui/run/step-rows.ts';
import {aContext} from '../../../helpers/a-model.ts';

const fence = (attributes: string, script: string) => `\`\`\`sh {${attributes}}\n${script}\n\`\`\`\n`;

const document = `## A
Before.

${fence('name=update when="pm=apt"', 'apt-get update')}
${fence('name=update when="pm=dnf"', 'dnf makecache')}
${fence('name=only-rpm when="pm=dnf"', 'rpm -qa')}
- [ ] ${'What only a member of a cluster is asked for, in many words. '.repeat(3)}<!-- handrail when="family=suse" -->
- [ ] Tell them
`;

test('what is for other hosts takes a line, and none beside the variant that is for this one', () => {
	const {model} = aContext(document, {world: {facts: {pm: 'apt', family: 'debian'}}});
	assert.deepEqual(stepRows(model, 60, false).rows.map(rowText), [
		'Before.',
		'',
		'>○ $ apt-get update',
		'     changes',
		'',
		' – not for this host: a/only-rpm',
		' – not for this host: What only a member of a cluster is as~',
		'',
		' ○ Tell them',
	]);
});

test('what stands above the first section is read with it', () => {
	const {model} = aContext('# T\nThree rules.\n## A\nBefore.\n- [ ] Tell them\n## B\n- [ ] More\n');
	const shown = (cursor?: string) => stepRows(model, 60, false, cursor).rows.map(rowText);
	assert.deepEqual(shown(), ['Three rules.', '', 'Before.', '', '>○ Tell them']);
	assert.deepEqual(shown('b'), [' ○ More']);
});
