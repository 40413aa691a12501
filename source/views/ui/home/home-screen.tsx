import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useRef, useState} from 'react';
import {keyOf, keysIn} from '../parts/key-of.ts';
import {Rows} from '../parts/rows.tsx';
import {suspend} from '../parts/suspend.ts';
import type {Home} from './home.ts';
import {homeRows} from './home-rows.ts';
import {type HomeUi, initialHome, pressHome} from './press-home.ts';

export type HomeScreenProps = {
	version: string;
	/** Begins to read what is shown, and gives it as it comes. */
	read(give: (part: Partial<Home>) => void): void;
	/** With what the program goes on; undefined where it was left. */
	choose(words: string[] | undefined): void;
	asking?: HomeUi['asking'];
};

/** The first page: wiring of the lists, the keys and the rows. */
export function HomeScreen({version, read, choose, asking}: HomeScreenProps) {
	const {columns, rows} = useWindowSize();
	const {suspendTerminal} = useApp();
	const [home, setHome] = useState<Home>({runbooks: undefined, runs: undefined});
	const [ui, setUi] = useState<HomeUi>({...initialHome, asking});
	const latest = useRef(ui);
	useEffect(() => read(part => setHome(before => ({...before, ...part}))), [read]);

	const press = (key: string): void => {
		const pressed = pressHome(home, latest.current, key, Date.now());
		latest.current = pressed.ui;
		setUi(pressed.ui);
		// Asked for the host alone, there is no list to come back to.
		const isBack = asking !== undefined && pressed.ui.asking === undefined;
		if (pressed.words || pressed.leave || isBack) choose(pressed.words);
	};

	useInput((input, key) => {
		const name = keyOf(input, key);
		if (name === 'suspend') return void suspend(suspendTerminal);
		if (name === 'redraw') return void suspendTerminal(() => undefined);
		if (name === undefined) return;
		if (name !== input || [...name].length === 1) return press(name);
		for (const each of keysIn(input)) if (latest.current.asking) press(each);
	});
	usePaste(text => {
		if (latest.current.asking) press(text.split(/[\r\n]/, 1)[0]!);
	});

	return <Rows rows={homeRows({home, ui, version, columns, rows})} columns={columns} height={rows} />;
}
