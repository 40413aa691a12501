import {type BufferEncoding, type FileContent, InMemoryFs} from 'just-bash/browser';
import {mountOf, spaceOf} from '../disks.ts';
import {packagesOf} from '../dpkg-status.ts';
import type {Machine} from '../machine.ts';
import {madeFiles} from '../made-files.ts';
import {closedPlaces, isGiven, isVolatile, keptPlaces, openPlaces} from '../places.ts';
import type {FileState} from '../world.ts';
import {devices} from './devices.ts';

type Options = {encoding?: BufferEncoding} | BufferEncoding;

/** The files of the server: those of its world, those that its kernel and its packages make up as they are read. */
export class WorldFiles extends InMemoryFs {
	readonly #machine: Machine;
	#isReady = false;
	#opened = 0;

	constructor(machine: Machine) {
		super();
		this.#machine = machine;
		const {files} = machine.world;
		for (const path of [...Object.keys(madeFiles), ...Object.values(devices), '/dev/null', '/dev/tty'])
			this.writeFileSync(path, '', undefined, {mtime: installedAt});
		for (const [path, {kind, content, mode, at}] of Object.entries(files)) {
			if (kind === 'folder') this.mkdirSync(path, {recursive: true});
			else if (kind === 'file')
				this.writeFileSync(path, Buffer.from(content, 'latin1'), undefined, {mode, mtime: new Date(at)});
		}
	}

	/** What needs the file system's slower ways; then permissions hold. */
	async open(): Promise<this> {
		for (const [path, {kind, content, mode, at}] of Object.entries(this.#machine.world.files)) {
			if (kind === 'link') await this.symlink(content, path);
			if (kind !== 'folder') continue;
			await this.chmod(path, mode);
			await super.utimes(path, new Date(at), new Date(at));
		}
		this.#isReady = true;
		return this;
	}

	/** Files as the world keeps them. */
	async state(): Promise<Record<string, FileState>> {
		const state: Record<string, FileState> = {};
		for (const path of this.getAllPaths().sort()) {
			if (path === '/' || isVolatile.test(path) || Object.hasOwn(madeFiles, path)) continue;
			const {isSymbolicLink, isDirectory, mode, mtime} = await super.lstat(path);
			const kind = isSymbolicLink ? 'link' : isDirectory ? 'folder' : 'file';
			const content =
				kind === 'link' ? await super.readlink(path) : kind === 'file' ? latin1(await super.readFileBuffer(path)) : '';
			state[path] = {kind, content, mode, at: mtime.getTime()};
		}
		return state;
	}

	/** Bytes that files stand for, by path. */
	async sizes(): Promise<Map<string, number>> {
		const sizes = new Map<string, number>();
		for (const path of this.getAllPaths()) {
			if (isVolatile.test(path)) continue;
			const {isFile} = await super.lstat(path);
			if (isFile) sizes.set(path, (await this.stat(path)).size);
		}
		return sizes;
	}

	async space(path: string) {
		return spaceOf(this.#machine.world, await this.sizes(), path);
	}

	override async readFile(path: string, options?: Options): Promise<string> {
		return this.#made(path) ?? (await super.readFile(this.#readable(path), options as BufferEncoding));
	}

	override async readFileBytes(path: string) {
		// `read` takes bytes for text.
		if (path === devices.line) return (await super.readFile(path)) as never;
		const text = this.#made(path);
		if (text !== undefined) return latin1(Buffer.from(text)) as never;
		return super.readFileBytes(this.#readable(path));
	}

	override async readFileBuffer(path: string): Promise<Uint8Array> {
		const text = this.#made(path);
		return text === undefined ? super.readFileBuffer(this.#readable(path)) : Buffer.from(text);
	}

	override async stat(path: string) {
		const stat = await super.stat(path);
		const size = this.#machine.world.sizes[path];
		return size === undefined ? stat : {...stat, size};
	}

	override async writeFile(path: string, content: FileContent, options?: Options): Promise<void> {
		if (this.#isDevice(path, content, options)) return await this.#breathe();
		// A backup that is put back brings what is made here anyway.
		if (this.#machine.isRoot && this.#made(path) === String(Buffer.from(content as string))) return;
		if (this.#machine.isRoot && path === '/var/lib/dpkg/status') {
			this.#machine.world.packages = packagesOf(this.#machine.world, String(Buffer.from(content as string)));
			return;
		}
		await this.#allow(path, content.length);
		delete this.#machine.world.sizes[path];
		await this.#own(path);
		const mode = await super.stat(path).then(
			found => found.mode,
			() => undefined,
		);
		await super.writeFile(path, content, options as BufferEncoding);
		if (mode !== undefined && this.#isReady) await super.chmod(path, mode);
		await this.#stamp(path);
	}

	override async appendFile(path: string, content: FileContent, options?: Options): Promise<void> {
		if (this.#isDevice(path, content, options)) return await this.#breathe();
		await this.#allow(path, content.length);
		await super.appendFile(path, content, options as BufferEncoding);
		await this.#stamp(path);
	}

	override async mkdir(path: string, options?: {recursive?: boolean}): Promise<void> {
		if (!(await this.exists(path))) await this.#allow(path, 0);
		await this.#own(path);
		await super.mkdir(path, options);
		await this.#stamp(path);
	}

	override async rm(path: string, options?: {recursive?: boolean; force?: boolean}): Promise<void> {
		if (this.#isReady && (path === '/' || keptPlaces.test(path))) throw new Error(`EBUSY: resource busy, rm '${path}'`);
		if (await this.exists(path)) await this.#allow(path, 0);
		await super.rm(path, options);
		for (const each of Object.keys(this.#machine.world.sizes)) {
			if (each === path || each.startsWith(`${path}/`)) delete this.#machine.world.sizes[each];
		}
	}

	override async mv(from: string, to: string): Promise<void> {
		await this.#allow(from, 0);
		await this.#allow(to, 0);
		await super.mv(from, to);
		const {sizes} = this.#machine.world;
		if (sizes[from] !== undefined) sizes[to] = sizes[from];
		delete sizes[from];
	}

	override async chmod(path: string, mode: number): Promise<void> {
		if (this.#isReady && this.#machine.isRoot && Object.hasOwn(madeFiles, path)) return;
		if (this.#isReady) await this.#allow(path, 0);
		await super.chmod(path, mode);
	}

	/** Replaces what the program itself writes for the server: no permission is asked for. */
	put(path: string, content: string, size?: number): void {
		this.writeFileSync(path, content, undefined, {mode: 0o644, mtime: new Date(this.#machine.now)});
		if (size !== undefined) this.#machine.world.sizes[path] = size;
	}

	/** Appends for the server itself. */
	async add(path: string, text: string): Promise<void> {
		const before = (await super.exists(path)) ? await super.readFile(path) : '';
		this.put(path, before + text, this.#machine.world.sizes[path]);
	}

	#made(path: string): string | undefined {
		return Object.hasOwn(madeFiles, path) ? madeFiles[path]!(this.#machine) : undefined;
	}

	#isDevice(path: string, content: FileContent, options: Options | undefined): boolean {
		if (path === '/dev/null') return true;
		if (path !== devices.output && path !== devices.capture && path !== '/dev/tty') return false;
		const encoding = typeof options === 'string' ? options : options?.encoding;
		const isText = typeof content === 'string' && encoding !== 'binary' && encoding !== 'latin1';
		const bytes = isText ? Buffer.from(repaired(content)) : Buffer.from(content as string, 'latin1');
		this.#machine.print(bytes, path === devices.capture);
		return true;
	}

	/** Why a file cannot be opened for writing; undefined where it can. */
	async problemWith(path: string): Promise<string | undefined> {
		if ((await this.exists(path)) && (await super.stat(path)).isDirectory) return 'Is a directory';
		if (!(await this.exists(path.slice(0, path.lastIndexOf('/')) || '/'))) return 'Directory nonexistent';
		try {
			await this.#allow(path, 0);
		} catch {
			return 'Permission denied';
		}
		return (await this.space(path)).free > 0 ? undefined : 'No space left on device';
	}

	/** Every command opens a device to print to: a script that does nothing else can be stopped there, too. */
	async #breathe(): Promise<void> {
		this.#opened += 1;
		if (this.#isReady && this.#opened % 50 === 0) await this.#machine.pass(0);
	}

	/** What root makes where the administrator may write is root's all the same. */
	async #own(path: string): Promise<void> {
		const {world, isRoot} = this.#machine;
		if (!this.#isReady || !isRoot || !isGiven(world, path) || (await this.exists(path))) return;
		world.kept = [...(world.kept ?? []), path];
	}

	async #stamp(path: string): Promise<void> {
		const at = new Date(this.#machine.now);
		if (this.#isReady) await super.utimes(path, at, at).catch(() => undefined);
	}

	async #allow(path: string, bytes: number): Promise<void> {
		if (!this.#isReady) return;
		if (Object.hasOwn(madeFiles, path) || path.startsWith('/proc/')) throw denied(path);
		if (!this.#machine.isRoot && !openPlaces.test(path) && !isGiven(this.#machine.world, path)) throw denied(path);
		if (bytes > 4096 && (await this.space(path)).free * 1024 < bytes) {
			throw new Error(`ENOSPC: no space left on device, write '${path}' on ${mountOf(path).place}`);
		}
	}

	#readable(path: string): string {
		if (this.#isReady && !this.#machine.isRoot && closedPlaces.test(path)) throw denied(path);
		return path;
	}
}

/** What is made as it is read looks as if it had never been written again. */
const installedAt = new Date(Date.UTC(2024, 0, 15));

/** What `read < FILE` took from a file are its bytes, each as a character: put together again. */
const repaired = (text: string): string =>
	text.replaceAll(/(?:[\xC2-\xDF][\x80-\xBF]|[\xE0-\xEF][\x80-\xBF]{2}|[\xF0-\xF4][\x80-\xBF]{3})/g, run =>
		Buffer.from(run, 'latin1').toString('utf8'),
	);

const latin1 = (bytes: Uint8Array): string =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

const denied = (path: string): Error => new Error(`EACCES: permission denied, open '${path}'`);
