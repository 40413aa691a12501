import {chmod, copyFile, glob, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {type BuildOptions, build, type Plugin} from 'esbuild';

const description = JSON.parse(await readFile('package.json', 'utf8'));

/** Ink asks for its developer tools only where DEV is set; the package is large and never wanted here. */
const withoutDeveloperTools: Plugin = {
	name: 'without-developer-tools',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'empty'}));
		onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {};'}));
	},
};

/** Yoga fetches its WebAssembly from a data: URL, for which Node loads a whole HTTP client; without `fetch` it decodes it. */
const withoutFetch: Plugin = {
	name: 'without-fetch',
	setup({onLoad}) {
		onLoad({filter: /yoga-layout\/.*binaries\/.*\.js$/}, async ({path}) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
		}));
	},
};

/** Tokens of markdown-it set each of 13 fields through a helper of its compiler: a tenth of the time that reading takes. */
const withPlainFields: Plugin = {
	name: 'with-plain-fields',
	setup({onLoad}) {
		onLoad({filter: /markdown-it\/dist\/.*\.mjs$/}, async ({path}) => ({
			contents: (await readFile(path, 'utf8')).replace(
				/^function _defineProperty\(.*?^}$/ms,
				'function _defineProperty(object, key, value) { object[key] = value; }',
			),
		}));
	},
};

/** Exported for the benchmark, which bundles entries of its own in the same way. */
export const options = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22',
	splitting: true,
	outdir: 'dist',
	// Its binary addon and its dynamic requires do not survive an ESM bundle.
	external: ['ssh2'],
	// Half the bytes: a tenth of the time to the first frame. Names stay, for what people report.
	minifyWhitespace: true,
	minifySyntax: true,
	legalComments: 'linked',
	metafile: true,
	logLevel: 'warning',
	define: {
		__VERSION__: JSON.stringify(description.version),
		// Never set in the environment itself, which the commands of a runbook inherit.
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
	},
	banner: {
		js: "import {createRequire as createRequireForBundle} from 'node:module'; const require = createRequireForBundle(import.meta.url);",
	},
	plugins: [withoutDeveloperTools, withoutFetch, withPlainFields],
} satisfies BuildOptions;

if (import.meta.main) {
	await rm('dist', {recursive: true, force: true});
	const {metafile} = await build({...options, entryPoints: ['source/cli.ts']});
	await copyScripts('dist');
	await writeFile('dist/LICENSES.txt', await licences(Object.keys(metafile.inputs)));
	await chmod('dist/cli.js', 0o755);
}

/** Shell scripts lie beside the module that reads them by `new URL('./NAME.sh', import.meta.url)`; in a bundle all are beside all. */
export async function copyScripts(folder: string) {
	const names = new Set<string>();
	for await (const file of glob('source/**/*.sh')) {
		const name = basename(file);
		if (names.has(name)) throw new Error(`Two shell scripts are called ${name}; in dist they need names of their own`);
		names.add(name);
		await copyFile(file, join(folder, name));
	}
}

/** What the licences of the bundled packages ask for: their names and texts. */
async function licences(files: string[]): Promise<string> {
	const folders = new Set(files.flatMap(file => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
	const texts = [...folders].sort().map(async folder => {
		const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
		const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
		const text = file ? await readFile(join(folder, file), 'utf8') : 'The package holds no text of its licence.\n';
		return `${name} ${version} (${license})\n\n${text.trim()}\n`;
	});
	return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
