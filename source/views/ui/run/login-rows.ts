import {visibleLine} from '../../../core/text/filter.ts';
import {type Row, wrap} from '../../../core/text/row.ts';
import {loginLines, refusedLines, secretPrompt} from '../../plain/login-lines.ts';
import {lineRow} from '../parts/line-row.ts';
import {deaf, type LoginField, type LoginWaiting} from './ui-state.ts';

/** What a login asks to be typed, on a page of its own; the line for it is always there. */
export function loginRows(field: LoginField, width: number, height: number, now: number): Row[] {
	const {question, isSecret, line, since} = field;
	const title = wrap(`To connect to ${visibleLine(question.host)}`, width).map((text): Row => [{text, bold: true}]);
	if (field.isOver) return [...title, [], ...wrap(over, width - 2).map((text): Row => [{text: `  ${text}`}])];
	const prompt = wrap(`${secretPrompt(question)}:`, width).map((text): Row => [{text, bold: true, colour: 'yellow'}]);
	const cursor: Row = isSecret ? [{text: ' ', inverse: true}] : lineRow(line, width - 3);
	const asked: Row[] = [
		...prompt.slice(0, Math.max(1, height - 4)),
		[{text: '> '}, ...(now - since < deaf ? [{text: '...'}] : cursor)],
		...(isSecret ? [[{text: 'It is not shown, and not recorded.'}]] : []),
	];
	const broken = (lines: string[]) => lines.flatMap(text => wrap(text, width - 2, '  '));
	const lines = broken(loginLines(question));
	const warnings = broken(refusedLines(question)).length;
	const room = Math.max(0, height - title.length - asked.length - 2);
	const shown = lines.length > room ? [...lines.slice(0, Math.max(0, room - 1)), '...'].slice(0, room) : lines;
	const body = shown.map((text, at): Row => [{text: `  ${text}`, ...(at < warnings && {bold: true, colour: 'red'})}]);
	return [...title, [], ...body, [], ...asked].slice(-height);
}

/** What the server has said, and what it waits for, on a page of its own. */
export function waitingRows({wait}: LoginWaiting, width: number, height: number): Row[] {
	const title = wrap(`To connect to ${visibleLine(wait.host)}`, width).map((text): Row => [{text, bold: true}]);
	const lines = wait.machine === undefined ? wait.lines : [`${visibleLine(wait.machine)}:`, ...wait.lines];
	const body = lines.flatMap((line, at) =>
		wrap(line, width - 2, '  ').map(
			(text): Row => [{text: `  ${text}`, ...(at === lines.length - 1 && {bold: true, colour: 'yellow'})}],
		),
	);
	return [...title, [], ...body.slice(-Math.max(1, height - title.length - 1))];
}

const over = 'The host waited no longer, or the connection has ended. What was typed goes nowhere; esc closes this.';
