import {readFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

// Lets node run .tsx files: node itself strips types, but knows no JSX. Used by --import.

process.env['NODE_ENV'] ??= 'production';

registerHooks({
	load(url, context, nextLoad) {
		if (!url.endsWith('.tsx')) return nextLoad(url, context);
		const file = fileURLToPath(url);
		const {code} = transformSync(readFileSync(file, 'utf8'), {
			loader: 'tsx',
			jsx: 'automatic',
			target: 'node22',
			sourcefile: file,
			sourcemap: 'inline',
		});
		return {format: 'module', source: code, shortCircuit: true};
	},
});
