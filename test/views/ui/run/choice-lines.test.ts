import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText} from '../../../../source/core/text/row.ts';
import {questionRows} from '../../../../source/views/ui/run/question-rows.ts';
import {aContext} from '../../../helpers/a-model.ts';

/** Evidence is what `ready` printed; in this world that is its own script. */
const [no, yes] = ['lost: this and '.repeat(10).trim(), 'there is room, and '.repeat(10).trim()];
const option = (title: string, ready: string, more = '') =>
	`### ${title}\n${more}${ready ? `\`\`\`sh {ready}\n${ready}\n\`\`\`\n` : ''}\`\`\`sh\ntrue\n\`\`\`\n`;
const path = '/backup'.repeat(12);
const document = `## How?
- [Fast](#fast), in the usual night
- [Far](#far), elsewhere
- [Slow](#slow), where there is time, and nobody is in a hurry for it to be done
- [Other](#other), elsewhere
- [By hand](#by-hand), always
${option('Fast', no)}${option('Far', path)}${option('Slow', yes)}${option('Other', '', '<!-- handrail when="pm=dnf" -->\n')}${option('By hand', '')}`;

test('all options of a choice are seen at once, the recommended one with why', () => {
	const {model} = aContext(document, {world: {answers: {[no]: 'no', [path]: 'no'}}});
	assert.deepEqual(
		questionRows(model, 54, 10).map(row => rowText(row)),
		[
			'1 Fast: no, lost: this and lost: this and lost: this ~',
			'2 Far: no, /backup/backup/backup/backup/backup/backup~',
			'3 Slow, where there is time, and nobody is in a hurry',
			'  for it to be done - recommended - ready: yes - ther~',
			'4 Other: not for this host',
			'5 By hand, always',
			'Choose by number; Enter takes the recommended one.',
		],
	);
});
