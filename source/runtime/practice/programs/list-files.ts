import type {Call} from '../shell/program.ts';

/** ls: whose files these are, the shell language cannot know. */
export async function ls(call: Call): Promise<number> {
	const owned = (text: string) =>
		text.replaceAll(/^([-dlcbps][rwxsStT-]{9}[ +]*\d+ )user user/gm, (_, begin: string) => {
			const owner = /^\/home\/admin/.test(call.args.at(-1) ?? call.cwd) ? 'admin' : 'root';
			return `${begin}${owner} ${owner}`;
		});
	return await call.usual(call.args, owned);
}
