import {useApp, useInput, usePaste, useStdout, useWindowSize} from 'ink';
import {useEffect, useLayoutEffect, useRef, useState} from 'react';
import type {LoginQuestion} from '../../../core/run/login-question.ts';
import {sudoSecret} from '../../../core/run/sudo.ts';
import {blockFor} from '../../../core/run/walk.ts';
import {refusalWords} from '../../../core/text/words.ts';
import type {LoginAnswer, Session} from '../../../runtime/engine/session.ts';
import {askEditor} from '../parts/ask-editor.ts';
import {keyOf, keysIn} from '../parts/key-of.ts';
import {Rows} from '../parts/rows.tsx';
import {suspend} from '../parts/suspend.ts';
import {answerField} from './answer-overlay.ts';
import {clipboardSequence} from './clipboard.ts';
import {overlayOf} from './dialogs.ts';
import type {Pressed} from './follow.ts';
import {frameRows} from './frame-rows.ts';
import type {Context} from './keys.ts';
import {isOfLogin, loginOverlay} from './login-overlay.ts';
import {press} from './press.ts';
import {afterNothing} from './press-login.ts';
import {questionKey} from './question-key.ts';
import {SecretLine} from './secret-line.ts';
import {afterEdit, submit} from './submit.ts';
import {deaf, type Field, initialUi, type LoginField, type Next, type Overlay, type UiState} from './ui-state.ts';
import {useInteraction} from './use-interaction.ts';
import {useLive} from './use-live.ts';

export type RunScreenProps = {session: Session; isAscii: boolean; leave(): void};

/** The screen of a run: wiring of the session, the keys and the frame. */
export function RunScreen({session, isAscii, leave}: RunScreenProps) {
	const size = useWindowSize();
	const {suspendTerminal} = useApp();
	const {stdout} = useStdout();
	const live = useLive(session, size);
	const [ui, setUi] = useState<UiState>(initialUi);
	const latest = useRef(ui);
	const secret = useRef(new SecretLine());
	/** A stray Enter is no answer. */
	const hasSentNothing = useRef(false);
	/** What a login has covered. */
	const covered = useRef<Overlay>(undefined);
	const context = (): Context => ({model: live.model(), ui: latest.current, size, now: Date.now(), isAscii});
	const show = (next: UiState): void => {
		const view = next.overlay?.kind === 'output' ? next.overlay : undefined;
		const task = next.overlay?.kind === 'interaction' ? next.overlay.task : view?.task;
		live.look(task, view?.top !== undefined);
		latest.current = next;
		setUi(next);
	};

	const now = context();
	const asked = questionKey(now.model.question);
	const {login, wait} = now.model;
	// Before any key can come: a key that was meant for the last question must not answer the new one.
	// biome-ignore lint/correctness/useExhaustiveDependencies: a new question closes what answered the last one
	useLayoutEffect(() => {
		if (login && isOfLogin(latest.current.overlay, login)) return;
		secret.current.take().fill(0);
		const before = stillOpen(latest.current.overlay, login) ?? covered.current;
		covered.current = login || wait ? before : undefined;
		const since = Date.now();
		const asks = login ? loginOverlay(login, since) : wait && ({kind: 'waiting', wait, since} as const);
		const overlay = asks ?? before ?? overlayOf(live.model(), since);
		const fresh = {top: undefined, cursor: undefined, message: undefined, since: Date.now()};
		show({...latest.current, ...fresh, overlay});
	}, [asked, login, wait]);

	const isLinked = now.model.host.link;
	// biome-ignore lint/correctness/useExhaustiveDependencies: why a key did nothing holds no more once the connection is back
	useEffect(() => {
		if (isLinked && latest.current.message !== undefined) show({...latest.current, message: undefined});
	}, [isLinked]);

	/** What begins to listen is drawn once more. */
	const dialogSince = ui.overlay?.kind === 'dialog' || ui.overlay?.kind === 'login' ? ui.overlay.since : undefined;
	// biome-ignore lint/correctness/useExhaustiveDependencies: `show` is made anew at each frame and always the same
	useEffect(() => {
		if (dialogSince === undefined) return;
		const timer = setTimeout(() => show({...latest.current}), deaf + 10);
		return () => clearTimeout(timer);
	}, [dialogSince]);

	const typing = useInteraction(session, live, ui.overlay, (task, how) => {
		if (latest.current.overlay?.kind !== 'interaction') return;
		const {host, silence} = live.model();
		const {block} = host.tasks[task]!;
		if (how === 'pipe') show({...latest.current, overlay: answerField({silence}, host.tasks[task]!)});
		else show({...latest.current, overlay: undefined, message: `${block}: ${how.why}`, since: Date.now()});
	});

	const act = async (next: Next | undefined, from: Overlay | undefined): Promise<void> => {
		if (next?.do === 'leave') return leave();
		if (next?.do === 'tell') {
			const refusal = await session.tell(next.intent, live.model().host.name).catch((error: Error) => error.message);
			if (!refusal) return;
			const message = typeof refusal === 'string' ? refusal : refusalWords(refusal);
			// What was written is not lost: it can be mended.
			const field = from?.kind === 'field' && latest.current.overlay === undefined ? from : latest.current.overlay;
			show({...latest.current, overlay: field, message});
		}
		if (next?.do === 'leave-login') session.desk.leave(next.wait);
		if (next?.do === 'answer-login') answerLogin(next.question, next.isTaken || undefined);
		if (next?.do === 'copy') {
			const sequence = clipboardSequence(next.lines);
			if (sequence) stdout.write(sequence);
			show({
				...latest.current,
				message: sequence ? `${next.lines.length} lines given to the clipboard` : 'too long to copy',
			});
		}
		if (next?.do === 'send') await send(next.task, Buffer.from(next.line), false);
		if (next?.do === 'edit') await edit(next.block);
	};

	const edit = async (id: string): Promise<void> => {
		const {model} = context();
		const block = blockFor(model.state, model.host, id)?.block;
		if (block?.kind !== 'command') return;
		const results: Awaited<ReturnType<typeof askEditor>>[] = [];
		await suspendTerminal(async () => {
			results.push(await askEditor(block.script, session.world.folder.path));
		});
		const [edited] = results;
		if (!edited) return;
		if ('why' in edited) show({...latest.current, message: edited.why});
		else show(afterEdit(context(), id, edited.text).ui);
	};

	/** Where it cannot be recorded the question stands. */
	const answerLogin = (question: LoginQuestion, answer: LoginAnswer): void => {
		session.answerLogin(question, answer).catch((error: Error) => {
			show({...latest.current, overlay: loginOverlay(question, Date.now()), message: error.message});
		});
	};

	const giveLogin = (field: LoginField): void => {
		const bytes = field.isSecret ? secret.current.take() : Buffer.from(field.line.value);
		const nothing = bytes.length === 0 ? afterNothing(field) : undefined;
		if (nothing) return show({...latest.current, overlay: nothing.field, message: nothing.message});
		show({...latest.current, overlay: undefined});
		answerLogin(field.question, bytes);
	};

	const settle = (pressed: Pressed, from = latest.current.overlay): void => {
		show(pressed.ui);
		if (pressed.submit !== undefined && from?.kind === 'login') return giveLogin(from);
		if (pressed.submit === undefined || from?.kind !== 'field') return void act(pressed.next, from);
		if (from.next.for === 'answer' && from.isSecret) return void send(from.next.task, secret.current.take(), true);
		if (from.next.for === 'secret') return giveSecret(from.next.name, from);
		settle(submit(context(), from.next, pressed.submit), from);
	};

	const giveSecret = (name: string, field: Overlay): void => {
		const bytes = secret.current.take();
		const isSudo = name === sudoSecret;
		const isMeant = bytes.length > 0 || (isSudo && hasSentNothing.current);
		hasSentNothing.current = isSudo && bytes.length === 0 && !isMeant;
		if (isMeant) void session.giveSecret(live.model().host.name, name, bytes).catch(() => undefined);
		else if (isSudo)
			show({...latest.current, overlay: field, message: 'nothing was typed: enter once more goes on without'});
		else show({...latest.current, message: 'nothing was typed'});
	};

	const send = async (task: string, line: Buffer, isHidden: boolean): Promise<void> => {
		const why = await session
			.sendLine(live.model().host.name, task, {line, isHidden})
			.catch((error: Error) => error.message);
		show({...latest.current, message: why ?? 'the line was sent'});
	};

	const pressed = (name: string): void => {
		const {overlay} = latest.current;
		if (isLine(overlay) && overlay.isSecret) {
			if (overlay.kind === 'login' && Date.now() - overlay.since < deaf) return;
			if (secret.current.key(name)) return;
			if (name === 'escape' || (overlay.kind === 'login' && overlay.isOver)) secret.current.take().fill(0);
		}
		settle(press(context(), name));
	};

	useInput((input, key) => {
		if (typing.isForTask()) return;
		const name = keyOf(input, key);
		if (name === 'suspend') return void suspend(suspendTerminal);
		if (name === 'redraw') return void suspendTerminal(() => undefined);
		if (name === undefined) return;
		if (name !== input || [...name].length === 1) return pressed(name);
		// Several at once are keys over a slow link, or of before: text where one is written, never a key that acts;
		// blanks and tabs only scroll and change panes.
		const {overlay} = latest.current;
		if (overlay?.kind === 'dialog' && overlay.needs === 'name') return keysIn(input).slice(0, 1).forEach(pressed);
		const isHarmless = /^[ \t]+$/.test(input) && !isLine(overlay);
		for (const each of isHarmless ? [...input].flatMap(keysIn) : keysIn(input)) {
			if (isHarmless || isLine(latest.current.overlay)) pressed(each);
		}
	});

	usePaste(text => {
		const {overlay} = latest.current;
		if (typing.isForTask()) return typing.paste(text);
		if (!isLine(overlay)) return show({...latest.current, message: 'what is pasted is no key'});
		const [line] = text.split(/[\r\n]/, 1);
		if (line) pressed(line);
	});

	return <Rows rows={frameRows({...now, ui: latest.current})} columns={size.columns} height={size.rows} />;
}

/** Where text is typed, and pasted. */
const isLine = (overlay: Overlay | undefined): overlay is Field | LoginField =>
	overlay?.kind === 'field' || overlay?.kind === 'login';

/** Help, the output and a note stay when the walk goes on; what answered the last question does not. */
function stillOpen(overlay: UiState['overlay'], login: LoginQuestion | undefined): UiState['overlay'] {
	if (overlay?.kind === 'login' && !login) return {...overlay, isOver: true};
	if (overlay?.kind === 'help' || overlay?.kind === 'output' || overlay?.kind === 'interaction') return overlay;
	const isKept = overlay?.kind === 'field' && (overlay.next.for === 'note' || overlay.next.for === 'answer');
	return isKept && !overlay.isSecret ? overlay : undefined;
}
