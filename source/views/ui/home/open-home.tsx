import {openScreen, type Screen} from '../open-screen.tsx';
import {HomeScreen, type HomeScreenProps} from './home-screen.tsx';

/** Shows the first page; resolves to the words that the program goes on with, undefined where it was left. */
export async function openHome(
	screen: Screen,
	signal: AbortSignal,
	{version, read, asking}: Omit<HomeScreenProps, 'choose'>,
): Promise<string[] | undefined> {
	let chosen: string[] | undefined;
	await openScreen(screen, signal, leave => {
		const choose = (words: string[] | undefined) => {
			chosen = words;
			leave();
		};
		return <HomeScreen version={version} read={read} choose={choose} {...(asking && {asking})} />;
	});
	return chosen;
}
