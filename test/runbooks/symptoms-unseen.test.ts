import assert from 'node:assert/strict';
import {test} from 'node:test';
import {around, entriesFor} from './symptoms.ts';
import {transcriptsIn} from './transcripts.ts';

// Retyped from the sources of the tools and from what people have shown of them: distributions that the lab cannot have.
for (const [entry, transcripts] of transcriptsIn('alike')) {
	test(`whole outputs of other distributions lead first to ${entry}`, () => {
		for (const {title, text} of transcripts) assert.equal(entriesFor(text)[0], entry, `${title}\n${text}`);
	});
}

for (const [tools, transcripts] of transcriptsIn('noise')) {
	test(`no success of ${tools} looks like a failure, whatever words it holds`, () => {
		for (const {title, text} of transcripts) assert.deepEqual(entriesFor(text), [], title);
	});
}

for (const [what, wrap] of around) {
	test(`each of them is recognised with ${what}`, () => {
		for (const [entry, transcripts] of transcriptsIn('alike')) {
			for (const {title, text} of transcripts) {
				assert.equal(entriesFor(text.split('\n').map(wrap).join('\n'))[0], entry, title);
			}
		}
	});
}
