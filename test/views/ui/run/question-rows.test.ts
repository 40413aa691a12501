import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText} from '../../../../source/core/text/row.ts';
import {questionRows} from '../../../../source/views/ui/run/question-rows.ts';
import {contextOf} from '../../../helpers/a-model.ts';
import {toldRun} from '../../../helpers/told-run.ts';

const document = `## A
\`\`\`sh {name=quiet undo=at-end}
quiet
\`\`\`
\`\`\`sh {undo name=loud risk=changes}
loud
\`\`\`
## B
- [ ] It works
`;

test('what is undone before the end is named, since it stands elsewhere than where the walk is', () => {
	const {model} = contextOf(toldRun(document).untilAsked('confirm a/loud'));
	assert.deepEqual(
		questionRows(model, 60, 10).map(row => rowText(row)),
		['To be undone now: a/loud', 'Enter asks, then y runs it: it changes the host.'],
	);
});
