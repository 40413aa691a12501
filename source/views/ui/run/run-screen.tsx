import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useRef, useState} from 'react';
import {blockFor} from '../../../core/run/walk.ts';
import {refusalWords} from '../../../core/text/words.ts';
import type {Session} from '../../../runtime/engine/session.ts';
import {editText} from '../../plain/edit-text.ts';
import {keyOf} from '../parts/key-of.ts';
import {valueField} from './dialogs.ts';
import type {Context} from './keys.ts';
import {layoutOf} from './layout.ts';
import {type Pressed, press} from './press.ts';
import {RunFrame} from './run-frame.tsx';
import {SecretLine} from './secret-line.ts';
import {afterEdit, submit} from './submit.ts';
import {initialUi, type Next, type UiState} from './ui-state.ts';
import {useModel} from './use-model.ts';

export type RunScreenProps = {session: Session; isAscii: boolean; hide(text: string): string; leave(): void};

/** The screen of a run: wiring of the session, the keys and the frame. */
export function RunScreen({session, isAscii, hide, leave}: RunScreenProps) {
	const size = useWindowSize();
	const {suspendTerminal} = useApp();
	const model = useModel(session, layoutOf(size, 0, 6).main);
	const [ui, setUi] = useState<UiState>(initialUi);
	const latest = useRef(ui);
	const secret = useRef(new SecretLine());
	latest.current = ui;
	const context = (): Context => ({model, ui: latest.current, size, now: Date.now()});
	const show = (next: UiState) => {
		latest.current = next;
		setUi(next);
	};

	const questionKey =
		model.question &&
		JSON.stringify([
			model.question.kind,
			'item' in model.question && model.question.item.id,
			'name' in model.question && model.question.name,
		]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new question closes what answered the last one
	useEffect(() => {
		const field = valueField(model);
		show({...latest.current, top: undefined, cursor: undefined, overlay: field ?? stillOpen(latest.current.overlay)});
	}, [questionKey]);

	/** A dialog is drawn once more when it begins to listen. */
	const dialogSince = ui.overlay?.kind === 'dialog' ? ui.overlay.since : undefined;
	useEffect(() => {
		if (dialogSince === undefined) return;
		const timer = setTimeout(() => setUi(now => ({...now})), 520);
		return () => clearTimeout(timer);
	}, [dialogSince]);

	const act = async (next: Next | undefined): Promise<void> => {
		if (!next) return;
		if (next.do === 'leave') return leave();
		if (next.do === 'tell') {
			const refusal = await session.tell(next.intent, model.host.name).catch((error: Error) => error.message);
			if (refusal) show({...latest.current, message: typeof refusal === 'string' ? refusal : refusalWords(refusal)});
		}
		if (next.do === 'edit') {
			const block = blockFor(model.state, model.host, next.block)?.block;
			if (block?.kind !== 'command') return;
			let script = block.script;
			await suspendTerminal(async () => {
				script = await editText(block.script, session.world.folder.path);
			});
			show(afterEdit(context(), next.block, script).ui);
		}
	};

	const settle = ({ui: after, next, submit: value}: Pressed): void => {
		const field = latest.current.overlay;
		show(after);
		if (value !== undefined && field?.kind === 'field') {
			if (field.next.for === 'secret') return giveSecret(field.next.name, value !== '' || after.overlay === undefined);
			return settle(submit(context(), field.next, value));
		}
		void act(next);
	};

	const giveSecret = (name: string, isGiven: boolean): void => {
		const bytes = secret.current.take();
		if (isGiven && bytes.length > 0) void session.giveSecret(model.host.name, name, bytes);
		else bytes.fill(0);
	};

	useInput((input, key) => {
		const isTyping = latest.current.overlay?.kind === 'field' || latest.current.overlay?.kind === 'dialog';
		if (key.ctrl && input === 'z') return void suspendTerminal(() => void process.kill(process.pid, 'SIGSTOP'));
		if (key.ctrl && input === 'l') return void suspendTerminal(() => undefined);
		const name = key.ctrl && input === 'c' ? 'q' : keyOf(input, key);
		if (name === undefined) return;
		// Several characters at once are a paste, or a slow link: text for a field, never keys.
		if ([...name].length > 1 && name === input && !isTyping) return;
		const field = latest.current.overlay;
		if (field?.kind === 'field' && field.isSecret && secret.current.key(name)) return;
		for (const each of name === input ? [...name] : [name]) settle(press(context(), each));
	});

	usePaste(text => {
		const field = latest.current.overlay;
		if (field?.kind !== 'field') return;
		if (field.isSecret) return void secret.current.key(text.split('\n')[0]!);
		for (const character of text.split('\n')[0]!) settle(press(context(), character));
	});

	return <RunFrame context={context()} isAscii={isAscii} hide={hide} />;
}

/** Help, the output and a note stay when the walk goes on; what answered the last question does not. */
function stillOpen(overlay: UiState['overlay']): UiState['overlay'] {
	if (overlay?.kind === 'help' || overlay?.kind === 'output') return overlay;
	return overlay?.kind === 'field' && overlay.next.for === 'note' ? overlay : undefined;
}
