import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {breaches} from './helpers/house-rule.ts';

// core imports only core; runtime imports core and runtime; views import core and the engine's session; commands import everything.

test('the source keeps the rule of the house', () => {
	const paths = globSync('source/**/*.{ts,tsx}');
	assert.ok(paths.length > 20, `only ${paths.length} files: is this the root of the project?`);
	assert.deepEqual(breaches(new Map(paths.map(path => [path, readFileSync(path, 'utf8')]))), []);
});

const rule: [string, string, string, boolean][] = [
	['core knows core', 'source/core/a.ts', "import {x} from './run/x.ts';", true],
	['core knows pure libraries', 'source/core/a.ts', "import {parse} from 'yaml';", true],
	['core knows types of node', 'source/core/a.ts', "import type {X} from 'node:fs';", true],
	['core does not know node', 'source/core/a.ts', "import {readFileSync} from 'node:fs';", false],
	['core does not know node, even lazily', 'source/core/a.ts', "const fs = await import('node:fs');", false],
	['core does not know other libraries', 'source/core/a.ts', "import {execa} from 'execa';", false],
	['core does not know runtime', 'source/core/a.ts', "import {x} from '../runtime/x.ts';", false],
	['core does not know types of runtime', 'source/core/a.ts', "import type {x} from '../runtime/x.ts';", false],
	['core does not pass runtime on', 'source/core/a.ts', "export {x} from '../runtime/x.ts';", false],
	['runtime knows core', 'source/runtime/a.ts', "import {\n\tx,\n\ty,\n} from '../core/x.ts';", true],
	['runtime does not know views', 'source/runtime/a.ts', "import {\n\tx,\n\ty,\n} from '../views/x.ts';", false],
	['runtime does not know commands', 'source/runtime/a.ts', "import '../commands/x.ts';", false],
	['views know the session', 'source/views/a.ts', "import type {x} from '../runtime/engine/session.ts';", true],
	['views know nothing else of runtime', 'source/views/a.ts', "import {x} from '../runtime/engine/queue.ts';", false],
	['commands know everything', 'source/commands/a.ts', "const {x} = await import('../runtime/x.ts');", true],
	['commands do not know Ink', 'source/commands/a.ts', "import {render} from 'ink';", false],
	['views/ui knows Ink', 'source/views/ui/a.tsx', "import {render} from 'ink';", true],
	['views/plain does not know React', 'source/views/plain/a.ts', "import {useState} from 'react';", false],
	['runtime/ssh knows ssh2', 'source/runtime/ssh/a.ts', "import {Client} from 'ssh2';", true],
	['runtime/hosts does not know ssh2', 'source/runtime/hosts/a.ts', "import {Client} from 'ssh2';", false],
	['nobody imports from outside the source', 'source/commands/a.ts', "import {x} from '../../test/x.ts';", false],
	['there is no fifth floor', 'source/tools/a.ts', "import {x} from 'yaml';", false],
	['folders have a meaning', 'source/core/utils/a.ts', '', false],
	['350 lines are enough', 'source/core/a.ts', 'x;\n'.repeat(350), true],
	['351 lines are too many', 'source/core/a.ts', 'x;\n'.repeat(351), false],
];

for (const [title, path, text, isFine] of rule) {
	test(`the checker sees that ${title}`, () => {
		assert.equal(breaches(new Map([[path, text]])).length, isFine ? 0 : 1);
	});
}

test('the checker sees a cycle of imports', () => {
	const files = {a: "import './b.ts';", b: "import {x} from './c.ts';", c: "export * from './a.ts';"};
	const tree = new Map(Object.entries(files).map(([name, text]) => [`source/core/${name}.ts`, text]));
	assert.deepEqual(breaches(tree), [
		'a cycle of imports: source/core/a.ts -> source/core/b.ts -> source/core/c.ts -> source/core/a.ts',
	]);
});

test('types may go round in a cycle', () => {
	const files = {a: "import './b.ts';", b: "import type {x} from './a.ts';"};
	assert.deepEqual(
		breaches(new Map(Object.entries(files).map(([name, text]) => [`source/core/${name}.ts`, text]))),
		[],
	);
});
